"""Between an event and the work stands nothing but what decides something."""

from __future__ import annotations

from testing.fakes.failing import Failing
from tests.frames import frames_to, stop
from tests.unit.document_sync.sync_world import SyncWorld

MOST_FRAMES = 9
THREADS_OWN = 2
"""`deliver` and `upload`, at the bottom of a thread of their own: three portions are under way at once."""


def test_a_synchronisation_sends_its_documents_within_nine_frames(world: SyncWorld) -> None:
    world.accept(b"receipt")
    world.dropbox = Failing(world.dropbox, send_documents=stop)

    frames = frames_to(world.answer)

    assert len(frames) - THREADS_OWN <= MOST_FRAMES, frames
