"""A message is a doorbell or malformed: nothing in between reaches a drain."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.domain.errors import MalformedMessage
from shared.domain.links import Link, LinkStatus, Purpose
from shared.doorbells.messages import (
    AnyDoorbell,
    CompanyDoorbell,
    Doorbell,
    company_doorbell_from_message,
    doorbell_of,
    doorbell_of_new,
    from_message,
    is_account_id,
    is_company_id,
    to_message,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=8), inner, max_size=5),
    max_leaves=10,
)
instants = st.datetimes().map(datetime.isoformat) | st.datetimes(timezones=st.timezones()).map(
    datetime.isoformat
)
nearly_doorbells = st.fixed_dictionaries(
    {"account_id": st.just("dbid:alice") | anything},
    optional={
        "notified_at": instants | anything,
        "is_careful": anything,
        "correlation_id": st.just("JKJaXmPLvHcESHA=") | anything,
        "new in a later release": anything,
    },
)
nearly_company_doorbells = st.fixed_dictionaries(
    {"company_id": st.text() | anything},
    optional={"notified_at": instants | anything, "is_careful": anything},
)


@settings(max_examples=500, deadline=None, derandomize=True)
@given(body=st.text() | anything.map(json.dumps) | nearly_doorbells.map(json.dumps))
@example(body='{"account_id": "dbid:alice", "notified_at": "2026-11-22T09:00:00"}')
@example(body='{"account_id": "dbid:alice", "notified_at": "0001-01-01T00:00:00+23:59"}')
@example(body='{"account_id": "dbid:alice", "notified_at": "\\ud800"}')
@example(body='{"account_id": "dbid:alice\\n"}')
@example(body="[" * 100_000)
@example(body="9" * 10_000)
def test_whatever_lies_in_the_queue_is_a_whole_doorbell_or_malformed(body: str) -> None:
    try:
        doorbell = from_message(body)
    except MalformedMessage:
        return

    assert is_account_id(doorbell.account_id)
    assert doorbell.is_careful in {True, False}
    assert doorbell.notified_at is None or doorbell.notified_at.utcoffset() == timedelta(0)
    assert from_message(to_message(doorbell)) == doorbell


@pytest.mark.parametrize(
    "doorbell",
    [
        Doorbell("dbid:alice"),
        Doorbell("dbid:alice", datetime(2026, 11, 22, 9, tzinfo=UTC), is_careful=True),
        Doorbell("dbid:alice", correlation_id="JKJaXmPLvHcESHA="),
    ],
)
def test_a_doorbell_survives_the_queue(doorbell: Doorbell) -> None:
    assert from_message(to_message(doorbell)) == doorbell


@pytest.mark.parametrize("instant", ["2026-11-22T09:00:00", "0001-01-01T00:00:00+23:59", "yesterday", 7])
def test_an_instant_that_is_none_is_malformed(instant: object) -> None:
    with pytest.raises(MalformedMessage):
        from_message(json.dumps({"account_id": "dbid:alice", "notified_at": instant}))


def test_a_doorbell_of_an_earlier_release_has_no_correlation_id_yet() -> None:
    earlier = '{"account_id": "dbid:alice", "notified_at": null, "is_careful": false}'

    assert from_message(earlier) == Doorbell("dbid:alice")


@pytest.mark.parametrize("odd", [None, 7, "", "x" * 129, "line\nbreak", "é", '"', ["JKJaXmPLvHcESHA="]])
def test_an_odd_correlation_id_counts_as_none(odd: object) -> None:
    company = company_doorbell_from_message(json.dumps({"company_id": "atelier", "correlation_id": odd}))

    assert company == CompanyDoorbell("atelier")


@pytest.mark.parametrize("doorbell", [Doorbell("dbid:alice"), CompanyDoorbell("atelier")])
def test_a_continued_doorbell_is_the_same_with_what_its_drain_knows(doorbell: AnyDoorbell) -> None:
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)

    again = doorbell.again(notified_at=now, is_careful=True, correlation_id="known")

    assert again == replace(doorbell, notified_at=now, is_careful=True, correlation_id="known")


def test_what_a_later_release_adds_is_ignored() -> None:
    assert from_message('{"account_id": "dbid:alice", "colour": "red"}') == Doorbell("dbid:alice")


@settings(max_examples=500, deadline=None, derandomize=True)
@given(body=st.text() | anything.map(json.dumps) | nearly_company_doorbells.map(json.dumps))
@example(body='{"company_id": ""}')
@example(body='{"company_id": "\\ud800"}')
@example(body=json.dumps({"company_id": "c" * 2000}))
@example(body='{"company_id": "atelier", "notified_at": "2026-11-22T09:00:00"}')
@example(body="[" * 100_000)
def test_whatever_lies_in_the_other_queue_is_a_whole_doorbell_or_malformed(body: str) -> None:
    try:
        doorbell = company_doorbell_from_message(body)
    except MalformedMessage:
        return

    assert is_company_id(doorbell.company_id)
    assert re.fullmatch(r"[A-Za-z0-9_.:-]{1,128}", doorbell.group_id)
    assert company_doorbell_from_message(to_message(doorbell)) == doorbell


def test_a_companys_group_is_itself_where_the_queue_can_take_it() -> None:
    assert CompanyDoorbell("atelier-1").group_id == "atelier-1"


def test_companies_that_the_queue_cannot_take_as_groups_are_kept_apart() -> None:
    names = ["café", "cafe\u0301", "a b", "a/b", "x" * 129, "x" * 130]

    assert len({CompanyDoorbell(name).group_id for name in names}) == len(names)


def test_a_doorbell_of_one_queue_is_malformed_in_the_other() -> None:
    with pytest.raises(MalformedMessage):
        company_doorbell_from_message(to_message(Doorbell("dbid:alice")))
    with pytest.raises(MalformedMessage):
        from_message(to_message(CompanyDoorbell("atelier")))


@pytest.mark.parametrize("purpose", list(Purpose))
def test_the_first_doorbell_of_a_new_link_waits_behind_none_that_was_put_back(purpose: Purpose) -> None:
    link = Link(
        link_id="one",
        purpose=purpose,
        user_id="alice",
        company_id="atelier",
        account_id="dbid:alice",
        account_name="Alice",
        account_email="alice@example.com",
        encrypted_token=b"token",
        status=LinkStatus.ACTIVE,
        generation=2,
        linked_at=NOON,
    )

    first = doorbell_of_new(link, "known")

    assert first.group_id != doorbell_of(link).group_id
    assert first.log_keys == doorbell_of(link).log_keys
    assert first.again(notified_at=NOON, is_careful=False, correlation_id="").group_id == (
        doorbell_of(link).group_id
    )
