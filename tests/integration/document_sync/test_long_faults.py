"""What real Dropboxes did for days and weeks: nothing is lost or sent again and again, and the link says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from local.dropbox_emulator import (
    AppLacksScope,
    BadCall,
    Effect,
    Fault,
    Forbidden,
    RateLimited,
    Rewritten,
    TokenRefused,
    Unauthorized,
)
from shared.domain.links import LinkProblem, LinkStatus
from shared.doorbells.messages import CompanyDoorbell
from shared.doorbells.received import ComeBackLater, ReceivedDoorbell
from tests.integration.document_sync.conftest import Synchronising

UPLOADS = "files/upload*"
SENDING = ("files/upload_session/start", "files/upload_session/append_batch")
FINISH_BATCH = "files/upload_session/finish_batch_v2"
TOKEN = "oauth2/token"
LONGEST_WAIT = timedelta(hours=12)
"""A message that is put back is looked at again at least so late: or a week would be many hundred looks."""

Look = Callable[[Synchronising], None]


def accept(synchronising: Synchronising, count: int) -> set[bytes]:
    documents = {f"document {number}".encode() for number in range(count)}
    for number, data in enumerate(sorted(documents)):
        synchronising.accept(f"expense-{number}", data)
    return documents


def live_through(synchronising: Synchronising, days: float, look: Look = lambda _: None) -> int:
    """Answer doorbells as queue and sweep bring them, for so long; how many looks that took.

    `look` is had after each.
    """
    until = synchronising.clock() + timedelta(days=days)
    message, receives, looks = uuid4().hex, 0, 0
    while synchronising.clock() < until:
        receives, looks = receives + 1, looks + 1
        received = ReceivedDoorbell(
            CompanyDoorbell(synchronising.company_id), message, synchronising.clock(), receives
        )
        try:
            synchronising.composition.answer_doorbell(has_time=lambda: True)(received)
        except ComeBackLater as later:
            wait = max(timedelta(seconds=later.seconds), LONGEST_WAIT)
        else:
            message, receives = uuid4().hex, 0
            wait = due(synchronising) - synchronising.clock()
        look(synchronising)
        synchronising.clock.now += max(wait, timedelta(seconds=1))
    return looks


def due(synchronising: Synchronising) -> datetime:
    moment = synchronising.link_row().next_due
    assert moment is not None
    return moment


def sent(calls: dict[str, int]) -> int:
    """How many calls carried documents."""
    return sum(calls.get(route, 0) for route in SENDING)


# 403


@pytest.mark.parametrize("count", [1, 5], ids=["one document", "five"])
def test_forty_days_at_the_transport_limit_lose_nothing_and_send_nothing(
    synchronising: Synchronising, count: int
) -> None:
    synchronising.clock.now = synchronising.clock.now.replace(year=2027, month=3, day=5)
    documents = accept(synchronising, count)
    synchronising.fault(Forbidden(), UPLOADS)
    synchronising.answer()
    said: list[tuple[LinkStatus, LinkProblem | None]] = []

    looks = live_through(
        synchronising, 40, lambda at: said.append((at.link_row().status, at.link_row().problem))
    )

    calls = synchronising.calls()
    assert set(said) == {(LinkStatus.FULL, LinkProblem.TRANSPORT_LIMIT)}
    assert synchronising.statuses() == [("PENDING", None)] * count
    assert looks in range(40, 46)
    assert sent(calls) <= 1
    synchronising.emulator.faults.clear()
    live_through(synchronising, 2)
    synchronising.assert_delivered(documents)
    assert synchronising.link_row().problem is None


def test_it_is_looked_at_on_the_first_of_the_month_at_midnight(synchronising: Synchronising) -> None:
    synchronising.clock.now = synchronising.clock.now.replace(month=12, day=31, hour=15)
    accept(synchronising, 3)
    synchronising.fault(Forbidden(), UPLOADS)

    synchronising.answer()

    year = synchronising.clock.now.year
    assert due(synchronising).isoformat() == f"{year + 1}-01-01T00:00:00+00:00"


def test_other_doorbells_do_not_ask_in_between(synchronising: Synchronising) -> None:
    accept(synchronising, 3)
    synchronising.fault(Forbidden(), UPLOADS)
    synchronising.answer()
    synchronising.calls()

    answer = synchronising.answer()

    assert answer.reason == "waits for its moment"
    assert synchronising.calls() == {}


@pytest.mark.parametrize(
    "kind", ["team_access_denied", "no_permission", "paper_access_denied/not_paper_user", "unheard_of"]
)
def test_any_other_403_is_the_links_and_goes_on_within_the_hour(
    synchronising: Synchronising, kind: str
) -> None:
    documents = accept(synchronising, 3)
    synchronising.fault(Forbidden(kind), UPLOADS)

    live_through(synchronising, 1)

    link = synchronising.link_row()
    assert (link.status, link.problem) == (LinkStatus.SUSPENDED, LinkProblem.ACCESS_DENIED)
    assert synchronising.statuses() == [("PENDING", None)] * 3
    synchronising.emulator.faults.clear()
    live_through(synchronising, 1)
    synchronising.assert_delivered(documents)


# The token endpoint


@pytest.mark.parametrize("error", ["v1_retired", "invalid request", "invalid_client"])
def test_a_week_of_refused_refreshes_breaks_no_link(synchronising: Synchronising, error: str) -> None:
    documents = accept(synchronising, 5)
    synchronising.emulator.faults.add(fault_of_tokens(error))
    said: list[LinkProblem | None] = []

    live_through(synchronising, 7, lambda at: said.append(at.link_row().problem))

    assert synchronising.link_row().status is LinkStatus.ACTIVE
    assert said[-1] is not None
    assert sent(synchronising.calls()) == 0
    assert {row.get("tries", 0) for row in synchronising.rows()} == {0}
    synchronising.emulator.faults.clear()
    live_through(synchronising, 0.5)
    synchronising.assert_delivered(documents)
    assert synchronising.link_row().problem is None


def fault_of_tokens(error: str) -> Fault:
    return Fault(route=TOKEN, answer=TokenRefused(error))


# 400


@pytest.mark.parametrize(
    "effect",
    [BadCall("Unknown API function"), AppLacksScope("files.content.write")],
    ids=["unknown function", "scope unticked"],
)
def test_a_week_of_400_ends_no_document_and_goes_on_by_itself(
    synchronising: Synchronising, effect: Effect
) -> None:
    documents = accept(synchronising, 5)
    synchronising.fault(effect, UPLOADS)
    said: list[LinkProblem | None] = []

    live_through(synchronising, 7, lambda at: said.append(at.link_row().problem))

    assert set(said) == {LinkProblem.DROPBOX_REFUSED}
    assert {status for status, _ in synchronising.statuses()} == {"PENDING"}
    synchronising.emulator.faults.clear()
    live_through(synchronising, 1)
    synchronising.assert_delivered(documents)


def test_commits_refused_as_such_end_no_document(synchronising: Synchronising) -> None:
    documents = accept(synchronising, 5)
    synchronising.fault(BadCall("Unknown API function"), FINISH_BATCH)

    live_through(synchronising, 1)

    assert {status for status, _ in synchronising.statuses()} == {"PENDING"}
    assert sent(synchronising.calls()) < 5 * 12
    synchronising.emulator.faults.clear()
    live_through(synchronising, 1)
    synchronising.assert_delivered(documents)


# Tags that nobody knows


@pytest.mark.parametrize("failure", [{".tag": "other"}, {".tag": "path", "path": {".tag": "other"}}])
def test_one_other_among_five_commits_for_ever_fails_alone_and_is_not_sent_twelve_times(
    synchronising: Synchronising, failure: dict[str, object]
) -> None:
    accept(synchronising, 5)
    synchronising.fault(
        Rewritten("/entries/2", {".tag": "failure", "failure": failure}), FINISH_BATCH, times=1
    )
    synchronising.fault(Rewritten("/entries/*", {".tag": "failure", "failure": failure}), FINISH_BATCH)

    live_through(synchronising, 7)

    statuses = [status for status, _ in synchronising.statuses()]
    assert (statuses.count("DELIVERED"), statuses.count("FAILED")) == (4, 1)
    assert ("FAILED", "dropbox_refused") in synchronising.statuses()
    assert sent(synchronising.calls()) < 12


def test_a_suppressed_operation_fails_visibly(synchronising: Synchronising) -> None:
    accept(synchronising, 1)
    failure = {".tag": "path", "path": {".tag": "operation_suppressed"}}
    synchronising.fault(Rewritten("/entries/*", {".tag": "failure", "failure": failure}), FINISH_BATCH)

    synchronising.answer()

    assert synchronising.statuses() == [("FAILED", "dropbox_refused")]


# 401


@pytest.mark.parametrize("tag", ["route_access_denied", "unheard_of", "other"])
def test_an_unknown_401_asks_nobody_to_link_again(synchronising: Synchronising, tag: str) -> None:
    documents = accept(synchronising, 5)
    synchronising.fault(Unauthorized(tag), UPLOADS)

    live_through(synchronising, 1)

    link = synchronising.link_row()
    assert (link.status, link.problem) == (LinkStatus.ACTIVE, LinkProblem.DROPBOX_REFUSED)
    assert synchronising.statuses() == [("PENDING", None)] * 5
    synchronising.emulator.faults.clear()
    live_through(synchronising, 0.5)
    synchronising.assert_delivered(documents)


# 429


def test_a_rate_limit_with_a_date_is_kept_to(synchronising: Synchronising) -> None:
    accept(synchronising, 1)
    synchronising.fault(RateLimited("Wed, 01 Jan 2020 00:00:00 GMT", "something_new"), UPLOADS, times=1)

    with pytest.raises(ComeBackLater) as later:
        synchronising.answer()

    assert 1 <= later.value.seconds <= 5
