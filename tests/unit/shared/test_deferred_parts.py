"""Of Dropbox's SDK is loaded what is used; the rest can be had, but nobody waits for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from shared.dropbox_api.deferred_parts import DEFERRED, defer_unused_parts

_STATE = "print(*sorted(name for name in sys.modules if type(sys.modules[name]).__name__ == '_LazyModule'))"


def _printed(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize("function", ["oauth_callback", "auto_import", "document_sync", "token_revocation"])
def test_a_function_that_calls_dropbox_loads_nothing_of_the_unused_parts(function: str) -> None:
    waiting = _printed(f"import sys, functions.{function}.handler; {_STATE}").split()

    assert set(waiting) == DEFERRED


def test_a_deferred_part_is_whole_once_it_is_used() -> None:
    named = _printed(
        "import shared.dropbox_api.client, dropbox;"
        "print(dropbox.team_log.EventType.__name__, dropbox.team.ListTeamDevicesArg.__name__)"
    )

    assert named == "EventType ListTeamDevicesArg"


def test_parts_are_deferred_once() -> None:
    before = list(sys.meta_path)

    defer_unused_parts()

    assert sys.meta_path == before
