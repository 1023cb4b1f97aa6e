"""Every recording that a route of ours can receive means what it should, and docs/dropbox.md says what."""

from __future__ import annotations

import pytest

from tests.integration.dropbox_recordings.outcomes import outcome_of
from tests.integration.dropbox_recordings.recording import Recording, own_recordings
from tests.integration.dropbox_recordings.table import PAGE, published, table

RECORDED = own_recordings()
OUTAGE = "outage"

pytestmark = pytest.mark.skipif(not RECORDED, reason="the recordings lie beside the project")


def of_statuses(*statuses: int) -> pytest.MarkDecorator:
    found = [each for each in RECORDED if each.status in statuses]
    return pytest.mark.parametrize("recording", found, ids=lambda each: each.id)


def test_the_page_shows_what_the_code_makes_of_them() -> None:
    """Otherwise run `make dropbox-recordings`."""
    assert published(PAGE.read_text()) == table(RECORDED)


@of_statuses(403)
def test_403_is_the_links_and_never_a_documents(recording: Recording) -> None:
    outcome = outcome_of(recording)

    assert outcome == "link `FULL`, `transport_limit`; documents wait"


@of_statuses(400)
def test_no_400_ends_a_document_and_only_a_dead_grant_breaks_a_link(recording: Recording) -> None:
    outcome = outcome_of(recording)

    assert "refused visibly" not in outcome
    assert ("RECONNECT" in outcome) == ("invalid_grant" in recording.id)


@of_statuses(429)
def test_429_waits_as_told_in_any_dress(recording: Recording) -> None:
    outcome = outcome_of(recording)

    told = {name.lower(): value for name, value in recording.headers.items()}.get("retry-after")
    assert outcome == f"the account waits {told or 5} s"


@of_statuses(500, 502, 503)
def test_5xx_is_an_outage(recording: Recording) -> None:
    assert OUTAGE in outcome_of(recording)


@of_statuses(401)
def test_401_asks_to_link_again_only_where_something_was_taken_away(recording: Recording) -> None:
    outcome = outcome_of(recording)

    is_taken = "missing_scope" in recording.body or "invalid_access_token" in recording.body
    assert ("RECONNECT" in outcome) == is_taken


@of_statuses(200)
def test_what_succeeded_is_read(recording: Recording) -> None:
    outcome = outcome_of(recording)

    if recording.route not in {"oauth2/token", "files/upload_session/finish_batch_v2"}:
        assert OUTAGE not in outcome
