"""What a process may do that a document has taken over: nothing to whoever is outside. On a real kernel."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shared.confinement import worker_process
from shared.confinement.limits import Limits
from shared.confinement.worker_pool import ConfinedWorkers
from shared.confinement.worker_process import WorkerLost
from tests.integration.confinement.attacking_worker import attacks

WORKER = "tests.integration.confinement.attacking_worker"
LIMITS = Limits(answer_bytes=4096, attachment_bytes=200_000, wall_seconds=20)

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() != "x86_64", reason="numbers of calls are those of x86-64"
)


@pytest.fixture(scope="module")
def workers() -> Iterator[ConfinedWorkers]:
    workers = ConfinedWorkers(LIMITS, WORKER, workers=1)
    yield workers
    workers.close()


def done(answer: dict[str, Any]) -> Any:
    return answer["done"]


@pytest.mark.parametrize("attack", attacks(Path()))
def test_a_worker_is_refused(workers: ConfinedWorkers, tmp_path: Path, attack: str) -> None:
    (tmp_path / "document").write_text("as it was")

    outcome = workers.ask({"do": attack, "place": str(tmp_path)}, done, owner="alice")

    assert outcome in {"EACCES", "EPERM", "ENOSYS"}
    assert [each.name for each in tmp_path.iterdir()] == ["document"]
    assert (tmp_path / "document").read_text() == "as it was"


@pytest.mark.parametrize("attack", ["read the parent's environment", "see the parent's descriptors", "fork"])
def test_the_attacks_succeed_where_nothing_is_confined(tmp_path: Path, attack: str) -> None:
    unconfined = (
        "import sys; from pathlib import Path;"
        "from tests.integration.confinement.attacking_worker import attacks, tried;"
        "print(tried(attacks(Path())[sys.argv[1]]))"
    )
    parent = (
        "import subprocess, sys; print(subprocess.run([sys.executable, '-c', *sys.argv[1:]],"
        "capture_output=True, text=True, check=True).stdout.split()[0])"
    )

    outcome = subprocess.run(
        [sys.executable, "-c", parent, unconfined, attack],
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=True,
    )

    assert outcome.stdout.strip() == "done"


def test_a_worker_holds_no_secret(workers: ConfinedWorkers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "none")

    held = workers.ask({"do": "say what you hold"}, done, owner="somebody new")

    assert set(held["environment"]) <= {"LD_LIBRARY_PATH", "MALLOC_ARENA_MAX", "LC_CTYPE"}
    assert [each.partition(":")[0] for each in held["descriptors"]] == ["pipe", "/dev/null", "/dev/null"]
    assert len(held["open"]) == 4  # and the pipe for its answers


def test_a_worker_computes_with_threads(workers: ConfinedWorkers) -> None:
    assert workers.ask({"do": "compute with threads"}, done, owner="alice") == 4 * sum(range(1000))


def test_bytes_come_with_an_answer(workers: ConfinedWorkers) -> None:
    request = {"do": "attach", "bytes": LIMITS.attachment_bytes}

    attached = workers.ask(request, lambda answer: answer["attached"], owner="alice")

    assert attached == bytes(LIMITS.attachment_bytes)
    assert workers.ask({"do": "compute with threads"}, done, owner="alice")


def test_more_bytes_than_may_come_are_a_death(workers: ConfinedWorkers) -> None:
    with pytest.raises(WorkerLost):
        workers.ask({"do": "attach", "bytes": LIMITS.attachment_bytes + 1}, done, owner="alice")


def test_nobody_elses_document_comes_into_the_same_process(workers: ConfinedWorkers) -> None:
    def process_of(owner: str) -> str:
        return str(workers.ask({"do": "say", "text": "me"}, lambda _: _worker_of(workers), owner=owner))

    first, again, other = process_of("alice"), process_of("alice"), process_of("bob")

    assert first == again
    assert first != other


def _worker_of(workers: ConfinedWorkers) -> int:
    """The child of this process that runs the worker."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    named = [each for each in children if WORKER.encode() in Path(f"/proc/{each}/cmdline").read_bytes()]
    return int(named[-1])


ON_ANOTHER_KERNEL = f"""
import ctypes, os, platform, sys
from pathlib import Path
from shared.confinement.limits import Limits
from shared.confinement.seccomp import Instruction, install
from shared.confinement.worker_process import WorkerProcess

LOAD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
refused = [int(option) for option in sys.argv[1:]]
checks = [
    instruction
    for option in refused
    for instruction in (Instruction(JUMP_IF_EQUAL, 0, 1, option), Instruction(RETURN, 0, 0, 0x0005_0000 | 1))
]
install([
    Instruction(LOAD, 0, 0, 0),
    Instruction(JUMP_IF_EQUAL, 0, 1 + len(checks), {{"x86_64": 157, "aarch64": 167}}[platform.machine()]),
    Instruction(LOAD, 0, 0, 16),
    *checks,
    Instruction(RETURN, 0, 0, 0x7FFF_0000),
])
worker = WorkerProcess(Limits(wall_seconds=20), {WORKER!r})
print(sorted(worker.refused))
print(worker.ask({{"do": "compute with threads"}}, lambda answer: answer["done"]))
shown = Path(f"/proc/{{os.getpid()}}/environ").read_bytes() if 4 in refused else b""
print(b"a secret" in shown, os.environ["AWS_SECRET_ACCESS_KEY"])
worker.close()
"""
DUMPABLE, SECCOMP, NO_NEW_PRIVILEGES = 4, 22, 38


@pytest.mark.parametrize(
    ("options", "refused"),
    [
        pytest.param([SECCOMP], ["calls"], id="a kernel without filters"),
        pytest.param([NO_NEW_PRIVILEGES], ["calls"], id="as AWS Lambda has been seen to answer"),
        pytest.param(
            [DUMPABLE, SECCOMP, NO_NEW_PRIVILEGES], ["calls", "memory", "the parent's memory"], id="no prctl"
        ),
    ],
)
def test_a_kernel_that_refuses_to_confine_is_named_and_documents_are_read(
    options: list[int], refused: list[str]
) -> None:
    outcome = subprocess.run(
        [sys.executable, "-c", ON_ANOTHER_KERNEL, *map(str, options)],
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "AWS_SECRET_ACCESS_KEY": "a secret"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert outcome.stdout.splitlines() == [str(refused), str(4 * sum(range(1000))), "False a secret"]


def test_an_operator_is_told_of_each_worker_that_is_not_confined(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[frozenset[str]] = []
    monkeypatch.setattr(worker_process, "close_to_others", _refused_by_the_kernel)
    workers = ConfinedWorkers(LIMITS, WORKER, workers=1, on_refused=told.append)

    workers.ask({"do": "compute with threads"}, done, owner="alice")
    workers.close()

    assert told == [{"the parent's memory"}]


def _refused_by_the_kernel() -> None:
    raise PermissionError
