"""Two runs in one checkout would empty each other's Dropbox."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from local.errors import LocalError
from local.only_run import only_run

HOLD = """
import sys
from pathlib import Path
from local.only_run import only_run
with only_run(Path(sys.argv[1])) as announce:
    announce("http://127.0.0.1:4321/")
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_run_is_told_where_the_first_is(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"

        with (
            pytest.raises(LocalError, match=rf"process {first.pid}, http://127\.0\.0\.1:4321/"),
            only_run(tmp_path),
        ):
            pass


def test_a_run_that_crashed_holds_nothing(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        first.stdout.readline()
        first.kill()
        first.wait()

    with only_run(tmp_path):
        pass


def test_the_lock_is_free_again_after_a_run(tmp_path: Path) -> None:
    with only_run(tmp_path):
        pass

    with only_run(tmp_path) as announce:
        announce("http://127.0.0.1:1/")

    assert (tmp_path / "run.lock").read_text().endswith("http://127.0.0.1:1/")
