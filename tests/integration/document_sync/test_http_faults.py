"""Dropbox misbehaves over HTTP: nothing is lost, nothing arrives twice, and nobody else waits for it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from local.dropbox_emulator import (
    SYNCHRONISATION_APP,
    CostModel,
    Effect,
    ExpireTokens,
    RateLimited,
    Reset,
    RevokeTokens,
    SetQuota,
    Status,
    SuspendUser,
)
from shared.domain.links import LinkStatus
from shared.doorbells.received import ComeBackLater
from shared.dropbox_api import errors as dropbox_errors
from tests.integration.document_sync.conftest import Synchronising, add_company, link_company

START_BATCH = "files/upload_session/start_batch"
APPEND_BATCH = "files/upload_session/append_batch"
START = "files/upload_session/start"
FINISH_BATCH = "files/upload_session/finish_batch_v2"
TOKEN = "oauth2/token"
BATCH_CALLS = [START_BATCH, APPEND_BATCH, FINISH_BATCH]
DOCUMENTS = {b"photo %d" % number for number in range(5)}


def accept_all(synchronising: Synchronising) -> None:
    for number, data in enumerate(sorted(DOCUMENTS)):
        synchronising.accept(f"expense-{number}", data)


@pytest.mark.parametrize(
    ("limit", "seconds"),
    [
        (RateLimited(retry_after=37), 37),
        (RateLimited(retry_after=37, plain_text=True), 37),
        (RateLimited(retry_after=None, plain_text=True), 5),
        (RateLimited(retry_after=2, reason="too_many_write_operations"), 2),
    ],
    ids=["JSON", "plain text", "without a time", "write lock"],
)
@pytest.mark.parametrize("route", BATCH_CALLS)
def test_a_rate_limit_makes_the_company_wait_as_long_as_dropbox_says(
    synchronising: Synchronising, route: str, limit: Effect, seconds: int
) -> None:
    accept_all(synchronising)
    synchronising.fault(limit, route)

    with pytest.raises(ComeBackLater) as later:
        synchronising.answer()

    assert later.value.seconds == seconds
    assert synchronising.link_row().not_before == synchronising.clock() + timedelta(seconds=seconds)
    assert synchronising.statuses() == [("PENDING", None)] * len(DOCUMENTS)
    assert [row.get("tries", 0) for row in synchronising.rows()] == [0] * len(DOCUMENTS)
    synchronising.emulator.faults.clear()
    synchronising.clock.advance(seconds=seconds)
    synchronising.answer()
    synchronising.assert_delivered(DOCUMENTS)


def test_before_the_wait_is_over_no_call_is_made(synchronising: Synchronising) -> None:
    accept_all(synchronising)
    synchronising.fault(RateLimited(retry_after=37), FINISH_BATCH)
    with pytest.raises(ComeBackLater):
        synchronising.answer()
    synchronising.calls()

    synchronising.clock.advance(seconds=36)
    with pytest.raises(ComeBackLater) as later:
        synchronising.answer()

    assert later.value.seconds == pytest.approx(1)
    assert synchronising.calls() == {}


def test_while_one_company_is_rate_limited_another_goes_on(synchronising: Synchronising) -> None:
    other = replace(
        synchronising, account=synchronising.emulator.add_account("other"), company_id="boulangerie"
    )
    add_company(other.company_id)
    link_company(other)
    accept_all(synchronising)
    other.accept("expense-of-another", b"bread")
    synchronising.fault(RateLimited(retry_after=37), "files/*")

    with pytest.raises(ComeBackLater):
        synchronising.answer()
    other.answer()

    other.assert_delivered({b"bread"})
    assert synchronising.files() == {}


@pytest.mark.parametrize("route", BATCH_CALLS)
@pytest.mark.parametrize(
    "outage",
    [Status(503), Status(502, text="<html>Bad gateway</html>", content_type="text/html"), Reset()],
    ids=["503", "502 of a proxy", "reset"],
)
def test_a_short_outage_is_tried_again_within_the_drain(
    synchronising: Synchronising, route: str, outage: Effect
) -> None:
    accept_all(synchronising)
    synchronising.fault(outage, route, times=2)

    answer = synchronising.answer()

    assert answer.reason == "drained"
    assert synchronising.calls()[route] == 3
    synchronising.assert_delivered(DOCUMENTS)


def test_a_long_outage_costs_a_few_calls_and_the_doorbell_comes_back(synchronising: Synchronising) -> None:
    accept_all(synchronising)
    synchronising.fault(Status(503), FINISH_BATCH)

    with pytest.raises(ComeBackLater):
        synchronising.answer()

    assert synchronising.calls()[FINISH_BATCH] == dropbox_errors.TRIES
    synchronising.emulator.faults.clear()
    synchronising.answer()
    synchronising.assert_delivered(DOCUMENTS)


LOST_ANSWERS = pytest.mark.parametrize(
    ("route", "lost"),
    [
        (route, lost)
        for route in (APPEND_BATCH, FINISH_BATCH)
        for lost in (Reset(took_effect=True), Status(500, took_effect=True))
    ],
)


@LOST_ANSWERS
def test_an_answer_that_was_lost_is_found_to_have_been_given(
    synchronising: Synchronising, route: str, lost: Effect
) -> None:
    accept_all(synchronising)
    synchronising.fault(lost, route, times=1)

    synchronising.answer()

    synchronising.assert_delivered(DOCUMENTS)


@LOST_ANSWERS
def test_answers_that_stay_lost_leave_one_file_each(
    synchronising: Synchronising, route: str, lost: Effect
) -> None:
    accept_all(synchronising)
    synchronising.fault(lost, route)
    with suppress(ComeBackLater):
        synchronising.answer()
    synchronising.emulator.faults.clear()
    synchronising.clock.advance(hours=6)

    synchronising.answer()

    synchronising.assert_delivered(DOCUMENTS)


def test_an_access_token_that_expired_is_refreshed_once_for_all_threads(
    synchronising: Synchronising,
) -> None:
    synchronising.accept("expense-1", b"one")
    synchronising.answer()
    synchronising.calls()
    synchronising.accept("expense-2", b"two")
    synchronising.accept("expense-3", b"three")
    synchronising.emulator.authorizations.expire_access_tokens(synchronising.account.id)
    synchronising.emulator.costs = CostModel(latency=0.1)  # so that both are under way at once

    synchronising.answer()

    calls = synchronising.calls()
    assert (calls[START], calls[TOKEN]) == (4, 1)
    synchronising.assert_delivered({b"one", b"two", b"three"})


def test_an_access_token_that_expires_between_two_calls_is_refreshed(synchronising: Synchronising) -> None:
    accept_all(synchronising)
    synchronising.fault(ExpireTokens(), FINISH_BATCH, times=1)

    synchronising.answer()

    synchronising.assert_delivered(DOCUMENTS)


@pytest.mark.parametrize("route", BATCH_CALLS)
@pytest.mark.parametrize(
    ("happens", "status", "reason"),
    [
        (RevokeTokens(), LinkStatus.RECONNECT, "token_revoked"),
        (SuspendUser(), LinkStatus.SUSPENDED, "dropbox_suspended"),
    ],
    ids=["app removed", "user suspended"],
)
def test_a_link_that_dropbox_broke_says_so_and_resumes_once_it_is_linked_again(
    synchronising: Synchronising, route: str, happens: Effect, status: LinkStatus, reason: str
) -> None:
    accept_all(synchronising)
    synchronising.fault(happens, route)

    answer = synchronising.answer()

    link = synchronising.link_row()
    assert answer.reason == f"link is {status.value.lower()}"
    assert (link.status, link.problem) == (status, reason)
    assert sum(synchronising.calls().values()) <= 6, "no storm of retries"
    assert synchronising.statuses() == [("PENDING", None)] * len(DOCUMENTS)
    synchronising.emulator.faults.clear()
    synchronising.account.is_suspended = False
    link_company(synchronising, generation=2)
    synchronising.answer()
    synchronising.assert_delivered(DOCUMENTS)
    assert synchronising.link_row().status is LinkStatus.ACTIVE


def test_a_scope_that_is_lost_wants_the_link_made_again(synchronising: Synchronising) -> None:
    accept_all(synchronising)
    app_key = SYNCHRONISATION_APP.key
    synchronising.emulator.authorizations.narrow(
        synchronising.account.id, app_key, frozenset({"account_info.read"})
    )

    synchronising.answer()

    link = synchronising.link_row()
    assert (link.status, link.problem) == (LinkStatus.RECONNECT, "scope_missing")
    assert synchronising.statuses() == [("PENDING", None)] * len(DOCUMENTS)


def test_a_full_dropbox_takes_what_fits_says_so_and_resumes_by_itself(synchronising: Synchronising) -> None:
    accept_all(synchronising)
    quota = synchronising.account.quota
    synchronising.fault(SetQuota(20), FINISH_BATCH, times=1)

    answer = synchronising.answer()

    full = synchronising.link_row()
    assert answer.reason == "link is full"
    assert (full.status, full.problem) == (LinkStatus.FULL, "quota_full")
    assert {status for status, _ in synchronising.statuses()} == {"DELIVERED", "PENDING"}
    delivered = [row for row in synchronising.rows() if row["status"] == "DELIVERED"]
    assert {row["path"] for row in delivered} == set(synchronising.files())
    synchronising.account.quota = quota
    synchronising.clock.advance(hours=1)
    synchronising.answer()
    synchronising.assert_delivered(DOCUMENTS)
    assert synchronising.link_row().status is LinkStatus.ACTIVE


def test_where_a_second_commit_would_be_refused_none_of_ours_is(synchronising: Synchronising) -> None:
    accept_all(synchronising)
    synchronising.emulator.costs = CostModel(commit=0.01, refuses_when_locked=True)

    synchronising.answer()

    assert synchronising.emulator.calls.count(status=429) == 0
    synchronising.assert_delivered(DOCUMENTS)
