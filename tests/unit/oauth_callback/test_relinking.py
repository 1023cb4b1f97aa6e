"""From when on a company's acceptances count, each time its Dropbox is linked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from functions.oauth_callback.relinking import in_place_of
from shared.domain.links import Backfill, Batch, Link, LinkStatus, Purpose, Reconcile

NOW = datetime(2026, 11, 22, 9, 0, 5, 700_000, tzinfo=UTC)
# The host may tell its acceptances in whole seconds.
NOW_ON = datetime(2026, 11, 22, 9, 0, 5, tzinfo=UTC)
LAST_YEAR = NOW - timedelta(days=365)
JANUARY = datetime(2026, 1, 1, tzinfo=UTC)
LINK = Link(
    link_id="company:atelier",
    purpose=Purpose.SYNCHRONISATION,
    user_id="bob",
    company_id="atelier",
    account_id="dbid:atelier",
    account_name="L'Atelier",
    account_email="bob@example.org",
    encrypted_token=b"ciphertext",
    status=LinkStatus.ACTIVE,
    generation=1,
    linked_at=NOW,
)
PREVIOUS = replace(
    LINK,
    generation=6,
    linked_at=LAST_YEAR,
    status=LinkStatus.RECONNECT,
    sync_since=LAST_YEAR,
    reconcile=Reconcile(
        begins_at=NOW + timedelta(hours=20),
        accepted_from=NOW - timedelta(days=3),
        cursor="page-7",
        started_at=NOW - timedelta(hours=1),
        completed_at=NOW - timedelta(days=1),
    ),
)
ANOTHER_ACCOUNT = replace(PREVIOUS, account_id="dbid:elsewhere")
UNLINKED = replace(PREVIOUS, status=LinkStatus.UNLINKED)
DAILY = PREVIOUS.reconcile


@pytest.mark.parametrize("previous", [PREVIOUS, ANOTHER_ACCOUNT, UNLINKED])
@pytest.mark.parametrize("since", [None, JANUARY])
def test_what_the_host_is_still_to_be_told_is_not_forgotten(previous: Link, since: datetime | None) -> None:
    link = in_place_of(replace(previous, announced_until=LAST_YEAR), LINK, since=since)

    assert link.announced_until == LAST_YEAR


def test_files_dropped_together_stay_together_where_their_account_is_linked_again() -> None:
    own = replace(LINK, link_id="user:bob", purpose=Purpose.AUTO_IMPORT)
    previous = replace(own, batch=Batch("20261122T090000-a", 7, NOW, announced=3))

    again = in_place_of(previous, own, since=None)
    after_unlinking = in_place_of(replace(previous, status=LinkStatus.UNLINKED), own, since=None)
    elsewhere = in_place_of(replace(previous, account_id="dbid:elsewhere"), own, since=None)

    assert again == after_unlinking == replace(own, generation=2, batch=previous.batch)
    assert elsewhere.batch is None


def test_a_first_link_begins_now() -> None:
    link = in_place_of(None, LINK, since=None)

    assert (link.generation, link.sync_since, link.takes_over) == (1, NOW_ON, False)
    assert link.reconcile == Reconcile(begins_at=NOW, accepted_from=NOW_ON)


@pytest.mark.parametrize("previous", [None, PREVIOUS, ANOTHER_ACCOUNT, UNLINKED])
@pytest.mark.parametrize("since", [JANUARY, LAST_YEAR - timedelta(days=1), NOW])
def test_a_start_date_holds_whatever_was_before(previous: Link | None, since: datetime) -> None:
    link = in_place_of(previous, LINK, since=since)

    assert link.sync_since == since
    assert link.reconcile == Reconcile(begins_at=NOW, accepted_from=since)


def test_the_same_account_goes_on_where_it_was() -> None:
    link = in_place_of(PREVIOUS, LINK, since=None)

    assert (link.generation, link.sync_since, link.takes_over) == (7, LAST_YEAR, False)
    assert link.reconcile == replace(DAILY, begins_at=NOW)
    assert link.status is LinkStatus.ACTIVE


@pytest.mark.parametrize("previous", [ANOTHER_ACCOUNT, UNLINKED])
def test_another_account_and_one_that_was_unlinked_begin_now(previous: Link) -> None:
    link = in_place_of(previous, LINK, since=None)

    assert (link.generation, link.sync_since) == (7, NOW_ON)
    assert link.reconcile == Reconcile(begins_at=NOW, accepted_from=NOW_ON)


@pytest.mark.parametrize(
    ("previous", "takes_over"),
    [
        (ANOTHER_ACCOUNT, True),
        (replace(ANOTHER_ACCOUNT, status=LinkStatus.UNLINKED), True),
        (replace(PREVIOUS, takes_over=True), True),
        (replace(UNLINKED, takes_over=True), True),
        (PREVIOUS, False),
        (UNLINKED, False),
    ],
)
@pytest.mark.parametrize("since", [None, JANUARY])
def test_what_is_pending_for_another_account_is_taken_over_however_often_it_is_relinked(
    previous: Link,
    takes_over: bool,
    since: datetime | None,
) -> None:
    link = in_place_of(previous, LINK, since=since)

    assert link.takes_over is takes_over


def test_a_link_from_before_there_were_start_dates_begins_now() -> None:
    link = in_place_of(replace(PREVIOUS, sync_since=None, reconcile=None), LINK, since=None)

    assert link.sync_since == NOW_ON
    assert link.reconcile == Reconcile(begins_at=NOW, accepted_from=NOW_ON)


def test_auto_import_has_no_start_date() -> None:
    auto_import = replace(LINK, purpose=Purpose.AUTO_IMPORT)

    link = in_place_of(replace(auto_import, generation=2, account_id="dbid:other"), auto_import, since=None)

    assert (link.generation, link.sync_since, link.reconcile, link.takes_over) == (3, None, None, False)


BACKFILL = Backfill(since=LAST_YEAR, requested_at=NOW - timedelta(hours=2), cursor="page-3", expenses=300)


def test_a_backfill_under_way_goes_on_for_the_same_account() -> None:
    link = in_place_of(replace(PREVIOUS, backfill=BACKFILL), LINK, since=None)

    assert link.backfill == BACKFILL


@pytest.mark.parametrize("previous", [ANOTHER_ACCOUNT, UNLINKED])
def test_a_backfill_of_another_account_or_of_a_link_that_was_ended_is_dropped(previous: Link) -> None:
    link = in_place_of(replace(previous, backfill=BACKFILL), LINK, since=None)

    assert link.backfill is None


def test_a_start_date_takes_the_place_of_a_backfill_under_way() -> None:
    link = in_place_of(replace(PREVIOUS, backfill=BACKFILL), LINK, since=JANUARY)

    assert (link.backfill, link.sync_since) == (None, JANUARY)


@pytest.mark.parametrize("previous", [PREVIOUS, ANOTHER_ACCOUNT, UNLINKED])
@pytest.mark.parametrize("purpose", Purpose)
def test_what_is_paused_stays_paused(previous: Link, purpose: Purpose) -> None:
    link = in_place_of(replace(previous, is_paused=True), replace(LINK, purpose=purpose), since=None)

    assert link.is_paused
