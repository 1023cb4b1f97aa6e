"""A soak that hangs ends by itself, says in what, and ends what it has started."""

from __future__ import annotations

import subprocess
import sys

from local.template import ROOT

DEADLINE_SECONDS = 60
HANGS = """
import time
from bench.soak.ceiling import ceiling

class Started:
    def __enter__(self): return self
    def __exit__(self, *_): print("ended", flush=True)

with Started(), ceiling({seconds}) as over:
    over.begin("waiting for rest")
    try:
        time.sleep({work})
    except Exception:
        print("caught")
"""


def run(*, seconds: float, work: float) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", HANGS.format(seconds=seconds, work=work)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=DEADLINE_SECONDS,
        check=False,
    )


def test_it_says_what_it_hung_in_and_leaves_nothing_running() -> None:
    ended = run(seconds=0.2, work=10 * DEADLINE_SECONDS)

    assert ended.returncode == 1
    first, *stacks = ended.stderr.splitlines()
    assert first == "NOT AS IT MUST BE: still waiting for rest after 0 s, the most it may take"
    assert any("most recent call first" in line for line in stacks)
    assert ended.stdout == "ended\n"


def test_one_that_ends_in_time_is_left_alone() -> None:
    ended = run(seconds=DEADLINE_SECONDS, work=0)

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "ended\n", "")
