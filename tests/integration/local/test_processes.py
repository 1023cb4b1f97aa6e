"""Programs that we start end with us, whatever way we end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

import pytest

from local.aws_emulator import AwsEmulator
from local.errors import ChildFailed, PortTaken
from local.host import Host
from local.processes import Child, Together, choose_port, private_directory, wait_until
from local.world import dropbox_on

# A program with a child of its own that ignores a polite request to end.
STUBBORN = """
import os, signal, subprocess, sys, time
nested = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
other = subprocess.Popen([sys.executable, "-c", nested])
print(os.getpid(), other.pid, flush=True)
time.sleep(600)
"""
# What a script starts in the background ignores Ctrl-C, and so would the tests and all that they start.
STARTER = """
import os, signal, sys, time
from pathlib import Path
from local.processes import Child
signal.signal(signal.SIGINT, signal.default_int_handler)
with Child("It", [sys.executable, "-c", sys.argv[2]], dict(os.environ), Path(sys.argv[1])):
    time.sleep(600)
"""


def is_running(process: int) -> bool:
    # It may end between any two questions about it.
    try:
        os.kill(process, 0)
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    # A zombie that nobody has waited for yet has ended.
    return state != "Z"


def announced(log: Path) -> list[int]:
    assert wait_until(lambda: log.exists() and log.read_text().count(" ") == 1, 10)
    return [int(process) for process in log.read_text().split()]


def none_is_running(processes: list[int]) -> bool:
    return not any(is_running(process) for process in processes)


def test_leaving_ends_the_program_and_all_it_started(tmp_path: Path) -> None:
    log = tmp_path / "log"

    with Child("It", [sys.executable, "-c", STUBBORN], dict(os.environ), log):
        processes = announced(log)

    assert wait_until(lambda: none_is_running(processes), 10)


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_crash_of_ours_ends_the_program_and_all_it_started(tmp_path: Path, end: signal.Signals) -> None:
    log = tmp_path / "log"
    with subprocess.Popen(
        [sys.executable, "-c", STARTER, str(log), STUBBORN], stderr=subprocess.DEVNULL
    ) as us:
        processes = announced(log)

        us.send_signal(end)

    assert wait_until(lambda: none_is_running(processes), 10)


def test_a_program_that_ends_at_once_is_reported_with_its_last_words(tmp_path: Path) -> None:
    script = "raise SystemExit('no such device')"

    with (
        pytest.raises(ChildFailed, match="The thing ended at once: no such device"),
        Child("The thing", [sys.executable, "-c", script], dict(os.environ), tmp_path / "log") as child,
    ):
        child.wait_until_ready(lambda: False, 10)


def test_a_program_that_does_not_exist_is_reported(tmp_path: Path) -> None:
    with (
        pytest.raises(ChildFailed, match="could not be started: No such file"),
        Child("The thing", ["/nowhere/thing"], dict(os.environ), tmp_path / "log") as child,
    ):
        child.wait_until_ready(lambda: False, 10)


def test_a_program_that_never_gets_ready_is_reported(tmp_path: Path) -> None:
    with (
        pytest.raises(ChildFailed, match=r"is not ready after 0\.1 s"),
        Child("It", [sys.executable, "-c", STUBBORN], dict(os.environ), tmp_path / "log") as child,
    ):
        child.wait_until_ready(lambda: False, 0.1)


class Noted:
    """Notes when it is asked to end, and when it is waited for."""

    def __init__(self, name: str, notes: list[str]) -> None:
        self._name = name
        self._notes = notes

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._notes.append(f"{self._name} is gone")

    def ask_to_end(self) -> None:
        self._notes.append(f"{self._name} is asked")


def test_all_that_runs_is_asked_to_end_before_any_of_it_is_waited_for() -> None:
    notes: list[str] = []

    with Together() as running:
        running.run(Noted("AWS", notes))
        running.run(Noted("the inbox", notes))

    assert notes == ["AWS is asked", "the inbox is asked", "the inbox is gone", "AWS is gone"]


def test_all_that_runs_is_asked_to_end_when_starting_the_rest_fails() -> None:
    notes: list[str] = []

    def start() -> None:
        with Together() as running:
            running.run(Noted("AWS", notes))
            raise ChildFailed("The inbox ended at once.")

    with pytest.raises(ChildFailed):
        start()

    assert notes == ["AWS is asked", "AWS is gone"]


def test_a_program_that_was_asked_to_end_ends_before_it_is_left(tmp_path: Path) -> None:
    log = tmp_path / "log"

    with Child("It", [sys.executable, "-c", STUBBORN], dict(os.environ), log) as child:
        processes = announced(log)
        child.ask_to_end()

        assert wait_until(lambda: none_is_running(processes), 10)


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which another program listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def listen_as_aws(port: int, state: Path) -> None:
    AwsEmulator(state, port=port).__enter__()


def listen_as_host(port: int, state: Path) -> None:
    Host(port).__enter__()


def listen_as_dropbox(port: int, state: Path) -> None:
    with dropbox_on(state, None, port):
        pass


@pytest.mark.parametrize("listen", [listen_as_aws, listen_as_host, listen_as_dropbox])
def test_every_server_says_in_the_same_words_that_its_port_is_taken(
    listen: Callable[[int, Path], None], taken: int, tmp_path: Path
) -> None:
    with pytest.raises(PortTaken) as raised:
        listen(taken, tmp_path)

    assert str(raised.value) == f"Port {taken} is taken by another program."


@pytest.mark.parametrize("address", ["0.0.0.0", "127.0.0.1"])
def test_a_port_is_taken_whatever_address_the_other_program_listens_on(address: str) -> None:
    with socket.create_server((address, 0)) as listening:
        port = listening.getsockname()[1]

        with pytest.raises(PortTaken):
            choose_port(port)


def test_any_free_port_is_chosen_where_none_is_wanted() -> None:
    port = choose_port()

    with socket.create_server(("127.0.0.1", port)):
        pass


def test_a_private_directory_is_removed_and_so_is_what_a_crash_left(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as crashed:
        crashed.wait()
    left = tmp_path / f"{crashed.pid}-left"
    left.mkdir()

    with private_directory(tmp_path) as first, private_directory(tmp_path) as second:
        (first / "file").write_text("content")

        assert wait_until(lambda: sorted(tmp_path.iterdir()) == sorted([first, second]), 10)

    assert wait_until(lambda: list(tmp_path.iterdir()) == [], 10)
