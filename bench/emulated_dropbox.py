"""Dropbox, emulated in its own process, and the clients that are compared over it."""

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
from local.dropbox_emulator import AUTO_IMPORT_APP, SYNCHRONISATION_APP, App

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Account:
    """A linked account of its own for every run."""

    name: str
    account_id: str
    refresh_token: str


@dataclass(frozen=True, slots=True)
class Observed:
    """What the emulator saw of a client: calls by route, those answered 429, its own processor seconds."""

    calls: dict[str, int]
    refused: int
    processor_seconds: float


class EmulatedDropbox:
    """Every client reaches it alike: under Dropbox's own host names, through one proxy, over TLS."""

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
        self.set_costs(latency=seconds)

    def set_costs(self, **costs: float) -> None:
        """What calls cost: see the emulator's `CostModel`."""
        self._emulator.ask(costs=costs)

    def open_account(self, documents: Path) -> Account:
        """A new account with these documents in `Auto-Import`."""
        return Account(**self._emulator.ask(open=f"user-{next(self._names)}", documents=str(documents)))

    def link_company(self) -> Account:
        """A new account without any files, for the synchronisation to fill."""
        return Account(**self._emulator.ask(link=f"company-{next(self._names)}"))

    def count_files(self, account: Account) -> int:
        """How many files the account holds."""
        return int(self._emulator.ask(files=account.name)["files"])

    def observe(self, act: Callable[[], Result]) -> tuple[Result, Observed]:
        """What the act returns, and what it meant for the emulator."""
        self._emulator.ask(count=True)
        before = self._emulator.processor_seconds
        result = act()
        seconds = self._emulator.processor_seconds - before
        seen = self._emulator.ask(count=True)
        return result, Observed(seen["calls"], seen["refused"], seconds)

    def drain(self, account: Account, store_seconds: float) -> dict[str, Any]:
        """Have a fresh process answer one doorbell: see `bench.drain_process`."""
        return self._run_client("drain_process", account.account_id, account.refresh_token, store_seconds)

    def synchronise(self, account: Account, store_seconds: float, *documents: Path) -> dict[str, Any]:
        """Have a fresh process accept each folder's documents and deliver them: see `bench.sync_process`."""
        arguments = [account.account_id, account.refresh_token, store_seconds, *documents]
        return self._run_client("sync_process", *arguments)

    def upload_plainly(self, account: Account, threads: int, documents: Path) -> dict[str, Any]:
        """Upload a folder in a fresh process, file by file: see `bench.plain_uploads`."""
        return self._run_client("plain_uploads", account.refresh_token, threads, documents)

    def upload_with_rclone(self, account: Account, documents: Path, *options: str) -> Finished:
        """Copy a folder's documents into the account; the whole process."""
        config = self._rclone_config(account, SYNCHRONISATION_APP)
        return run([rclone(), "copy", documents, "dropbox:Jenji", *config, *options], self._way())

    def copy_with_rclone(self, account: Account, transfers: int) -> tuple[Finished, int]:
        """Copy `Auto-Import` into an empty folder; the whole process, and how many files it copied."""
        destination = self._workdir / "copied"
        done = run(
            [
                rclone(),
                "copy",
                "dropbox:Auto-Import",
                destination,
                *self._rclone_config(account, AUTO_IMPORT_APP),
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

    def download(self, account: Account, at_once: int) -> dict[str, Any]:
        """Download `Auto-Import` in a fresh process: see `bench.downloads`."""
        destination = self._workdir / "downloaded"
        destination.mkdir()
        try:
            return self._run_client("downloads", account.refresh_token, at_once, destination)
        finally:
            shutil.rmtree(destination)

    def _run_client(self, module: str, *arguments: object) -> dict[str, Any]:
        """One of our modules; what it says."""
        command = [sys.executable, "-m", f"bench.{module}", *map(str, arguments)]
        done = run(command, {**self._way(), "REQUESTS_CA_BUNDLE": self._ca_file})
        answer: dict[str, Any] = json.loads(done.output)
        return answer

    def _rclone_config(self, account: Account, app: App) -> list[str]:
        config = self._workdir / "rclone.conf"
        config.write_text(_rclone_config(account, app), encoding="utf-8")
        return [f"--config={config}", f"--ca-cert={self._ca_file}"]

    def _way(self) -> dict[str, str]:
        return {"HTTPS_PROXY": self._proxy.ready["url"], "NO_PROXY": ""}


def rclone() -> Path:
    """The one that `make bench` installs."""
    return ROOT / ".venv-bench" / "bin" / "rclone"


def _rclone_config(account: Account, app: App) -> str:
    token = {
        "access_token": "expired",
        "token_type": "bearer",
        "refresh_token": account.refresh_token,
        "expiry": "2020-01-01T00:00:00Z",
    }
    return (
        f"[dropbox]\ntype = dropbox\nclient_id = {app.key}\n"
        f"client_secret = {app.secret}\ntoken = {json.dumps(token)}\n"
    )
