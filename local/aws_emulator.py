"""The AWS emulator: starts ministack from its own environment and gives clients of it."""

from __future__ import annotations

import os
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import boto3
from botocore.config import Config

from local.errors import LocalError
from local.processes import Child, choose_port, private_directory

REGION: Final = "eu-west-1"
_ROOT = Path(__file__).resolve().parent.parent
_PYTHON = _ROOT / ".venv-aws" / "bin" / "python"
# The emulator's root account; it serves nobody but this machine.
_CREDENTIALS = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
# What a program needs of ours. Nothing else is inherited: functions see the emulator's environment.
_INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH")
_READY_SECONDS = 60.0


class AwsEmulator:
    """An empty AWS on a loopback port for the time of a `with`, with IAM enforced.

    `state` takes its log and temporary files. `function_environment` is added to the environment of
    every function: where Dropbox is, which certificates to trust.
    """

    def __init__(
        self, state: Path, *, port: int = 0, function_environment: Mapping[str, str] | None = None
    ) -> None:
        self._state = state
        self._wanted_port = port
        self._function_environment = dict(function_environment or {})
        self._resources = ExitStack()

    def __enter__(self) -> Self:
        """Start it and wait until it answers. Raises PortTaken, ChildFailed, LocalError."""
        if not _PYTHON.exists():
            raise LocalError("The AWS emulator is not installed: run 'make aws'.")
        self.port = choose_port(self._wanted_port)
        self.endpoint_url = f"http://127.0.0.1:{self.port}"
        log = self._state / "logs" / "aws.log"
        with ExitStack() as starting:
            # It unpacks every function there, for each instance, and leaves them.
            temporary = starting.enter_context(private_directory(self._state / "tmp"))
            command = [str(_PYTHON), "-m", "ministack"]
            child = starting.enter_context(
                Child("The AWS emulator", command, self._environment(temporary), log)
            )
            child.wait_until_ready(self._is_healthy, _READY_SECONDS)
            self._child = child
            self._resources = starting.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it and every function it runs."""
        self._resources.close()

    def ask_to_end(self) -> None:
        """Have it and every function end, and wait for nothing."""
        self._child.ask_to_end()

    def client(self, service: str, **options: Any) -> Any:  # noqa: ANN401 # as boto3 itself
        """A boto3 client of the emulator's root account. `options` are those of botocore's Config.

        Untyped, as boto3's own: the caller annotates the variable with its mypy_boto3 type.
        """
        options.setdefault("retries", {"max_attempts": 1})
        return boto3.client(
            service,  # type: ignore[call-overload] # any service by its name
            endpoint_url=self.endpoint_url,
            region_name=REGION,
            config=Config(**options),
            **_CREDENTIALS,
        )

    def _environment(self, temporary: Path) -> dict[str, str]:
        return {
            **{name: os.environ[name] for name in _INHERITED if name in os.environ},
            **self._function_environment,
            "GATEWAY_PORT": str(self.port),
            "BIND_HOST": "127.0.0.1",
            "IOT_MTLS_ENABLED": "0",
            "MINISTACK_REGION": REGION,
            "AWS_ACCESS_KEY_ID": _CREDENTIALS["aws_access_key_id"],
            "AWS_SECRET_ACCESS_KEY": _CREDENTIALS["aws_secret_access_key"],
            "AUTH": "true",
            "TMPDIR": str(temporary),
            "PYTHONUNBUFFERED": "1",
        }

    def _is_healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.endpoint_url}/_ministack/health", timeout=2) as answer:  # noqa: S310 # our own loopback URL
                return int(answer.status) == 200
        except (urllib.error.URLError, OSError):
            return False
