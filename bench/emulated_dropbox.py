"""Dropbox, emulated in its own process, and the two clients that are compared over it."""

from __future__ import annotations

import itertools
import json
import shutil
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from bench.processes import ROOT, Finished, Servant, run
from local.dropbox_emulator import AUTO_IMPORT_APP

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Account:
    """A linked account of its own for every run."""

    account_id: str
    refresh_token: str


@dataclass(frozen=True, slots=True)
class Observed:
    """What the emulator saw of a client: calls by route, its own processor seconds."""

    calls: dict[str, int]
    processor_seconds: float


class EmulatedDropbox:
    """Both clients reach it alike: under Dropbox's own host names, through one proxy, over TLS."""

    def __init__(self, workdir: Path) -> None:
        self._stack = ExitStack()
        self._workdir = workdir
        self._names = itertools.count()
        self._emulator = self._stack.enter_context(Servant("bench.dropbox_process", workdir / "certificates"))
        self._proxy = self._stack.enter_context(
            Servant("bench.connect_proxy", str(self._emulator.ready["port"]))
        )
        self._ca_file: str = self._emulator.ready["ca_file"]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def set_latency(self, seconds: float) -> None:
        """How much longer every call takes."""
        self._emulator.ask(latency=seconds)

    def open_account(self, documents: Path) -> Account:
        """A new account with these documents in `Auto-Import`."""
        return Account(**self._emulator.ask(open=f"user-{next(self._names)}", documents=str(documents)))

    def observe(self, act: Callable[[], Result]) -> tuple[Result, Observed]:
        """What the act returns, and what it meant for the emulator."""
        self._emulator.ask(count=True)
        before = self._emulator.processor_seconds
        result = act()
        seconds = self._emulator.processor_seconds - before
        return result, Observed(self._emulator.ask(count=True)["calls"], seconds)

    def drain(self, account: Account, store_seconds: float) -> dict[str, Any]:
        """Have a fresh process answer one doorbell: see `bench.drain_process`."""
        command = [sys.executable, "-m", "bench.drain_process"]
        arguments = [account.account_id, account.refresh_token, str(store_seconds)]
        done = run([*command, *arguments], {**self._way(), "REQUESTS_CA_BUNDLE": self._ca_file})
        answer: dict[str, Any] = json.loads(done.output)
        return answer

    def copy_with_rclone(self, account: Account, transfers: int) -> tuple[Finished, int]:
        """Copy `Auto-Import` into an empty folder; the whole process, and how many files it copied."""
        config = self._workdir / "rclone.conf"
        config.write_text(_rclone_config(account), encoding="utf-8")
        destination = self._workdir / "copied"
        done = run(
            [
                rclone(),
                "copy",
                "dropbox:Auto-Import",
                destination,
                f"--config={config}",
                f"--ca-cert={self._ca_file}",
                f"--transfers={transfers}",
                f"--checkers={transfers}",
                "--dropbox-pacer-min-sleep=0",
                "--no-check-dest",
            ],
            self._way(),
        )
        copied = sum(1 for _ in destination.iterdir())
        shutil.rmtree(destination)
        return done, copied

    def _way(self) -> dict[str, str]:
        return {"HTTPS_PROXY": self._proxy.ready["url"], "NO_PROXY": ""}


def rclone() -> Path:
    """The one that `make bench` installs."""
    return ROOT / ".venv-bench" / "bin" / "rclone"


def _rclone_config(account: Account) -> str:
    token = {
        "access_token": "expired",
        "token_type": "bearer",
        "refresh_token": account.refresh_token,
        "expiry": "2020-01-01T00:00:00Z",
    }
    return (
        f"[dropbox]\ntype = dropbox\nclient_id = {AUTO_IMPORT_APP.key}\n"
        f"client_secret = {AUTO_IMPORT_APP.secret}\ntoken = {json.dumps(token)}\n"
    )
