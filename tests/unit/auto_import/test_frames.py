"""Between an event and the work stands nothing but what decides something."""

from __future__ import annotations

from testing.fakes.failing import Failing
from tests.frames import frames_to, stop
from tests.unit.auto_import.drain_world import DrainWorld

MOST_FRAMES = 9


def test_an_import_lists_its_folder_within_nine_frames(world: DrainWorld) -> None:
    world.dropbox = Failing(world.dropbox, list_files=stop)

    frames = frames_to(world.answer)

    assert len(frames) <= MOST_FRAMES, frames
