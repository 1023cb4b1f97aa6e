"""Recorded requests to the real Dropbox: the emulator answers with the recorded status, tags, keys, headers."""

import pytest

from local.dropbox_emulator.api.registry import APP_IMPLEMENTATIONS, IMPLEMENTATIONS, OPEN_IMPLEMENTATIONS
from tests.integration.dropbox_emulator.recorded_refusals import arrange_refusal
from tests.integration.dropbox_emulator.recorded_successes import arrange_success
from tests.integration.dropbox_emulator.recorded_traffic import differences, recordings
from tests.integration.dropbox_emulator.recorded_world import worlds

IMPLEMENTED = {*IMPLEMENTATIONS, *APP_IMPLEMENTATIONS, *OPEN_IMPLEMENTATIONS, "oauth2/token"}
REPLAYED = [each for each in recordings() if each.route in IMPLEMENTED]

# Answers that the emulator gives otherwise, and why.
EXCEPTIONS = {
    "issue/dropboxapi-90-malformed-token": "a malformed token is 401 nowadays, as later recordings show",
    "issue/sdkjs-270-finish_batch-too_many_write": "commits of one batch do not collide here; see Rewritten",
    "vcr/create_shared_link_with_settings/success_file_with_settings#0": "no account here pays for expiry",
    "vcr/create_shared_link_with_settings/success_folder_with_settings#0": "no account here pays for expiry",
    "vcr/get_shared_link_metadata/success_file#0": "the SDK's types know no preview_type",
}

pytestmark = pytest.mark.skipif(not REPLAYED, reason="the recordings are not here")


@pytest.fixture
def answer(recording):
    """What the emulator answers in the world of a recording."""
    for world in worlds(recording):
        (arrange_success if recording.status == 200 else arrange_refusal)(world)
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
