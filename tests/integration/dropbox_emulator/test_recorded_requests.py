"""Recorded requests to the real Dropbox: the emulator answers with the recorded status, tags, keys, headers."""

import pytest

from local.dropbox_emulator.api.registry import APP_IMPLEMENTATIONS, IMPLEMENTATIONS, OPEN_IMPLEMENTATIONS
from tests.integration.dropbox_emulator.recorded_traffic import differences, recordings
from tests.integration.dropbox_emulator.recorded_worlds import worlds

IMPLEMENTED = {*IMPLEMENTATIONS, *APP_IMPLEMENTATIONS, *OPEN_IMPLEMENTATIONS, "oauth2/token"}
REPLAYED = [each for each in recordings() if each.route in IMPLEMENTED]

# Answers that the emulator gives otherwise, and why.
EXCEPTIONS = {}

pytestmark = pytest.mark.skipif(not REPLAYED, reason="the recordings are not here")


@pytest.fixture
def answer(recording):
    """What the emulator answers in the world of a recording."""
    for world in worlds(recording):
        yield world.replay()


@pytest.mark.parametrize("recording", REPLAYED, ids=lambda recording: recording.id)
def test_the_emulator_answers_as_dropbox_did(recording, answer):
    differing = differences(recording, answer)

    if recording.id in EXCEPTIONS:
        assert differing, "the exception is no longer needed"
    else:
        assert differing == []


def test_exceptions_are_of_recordings_that_are_replayed():
    assert set(EXCEPTIONS) <= {each.id for each in REPLAYED}
