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
def test_theattacks_succeed_where_nothing_is_confined(tmp_path: Path, attack: str) -> None:
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


WITHOUT_FILTERS = f"""
import platform, sys
from shared.confinement.limits import Limits
from shared.confinement.seccomp import Instruction, install
from shared.confinement.worker_process import WorkerProcess
from shared.domain.errors import ConfinementFailed

# As a kernel without filters answers: prctl(PR_SET_SECCOMP) is an invalid argument.
install([
    Instruction(0x20, 0, 0, 0),
    Instruction(0x15, 0, 3, {{"x86_64": 157, "aarch64": 167}}[platform.machine()]),
    Instruction(0x20, 0, 0, 16),
    Instruction(0x15, 0, 1, 22),
    Instruction(0x06, 0, 0, 0x00050000 | 22),
    Instruction(0x06, 0, 0, 0x7FFF0000),
])
try:
    WorkerProcess(Limits(), {WORKER!r})
except ConfinementFailed as failure:
    print(failure)
"""


def test_nothing_is_opened_where_the_kernel_cannot_confine() -> None:
    outcome = subprocess.run(
        [sys.executable, "-c", WITHOUT_FILTERS],
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=True,
    )

    assert outcome.stdout.strip() == "this kernel cannot confine a worker"
