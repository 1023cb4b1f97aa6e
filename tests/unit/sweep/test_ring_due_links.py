"""The sweep rings for what is due, whatever becomes of a single link."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from functions.sweep.ring_due_links import RingDueLinks, Sweep
from shared.domain.errors import AwsUnavailable, LinkChanged
from shared.domain.links import Link, LinkProblem, LinkStatus, Purpose, next_routine_check, sweep_bucket
from shared.doorbells.messages import AnyDoorbell, CompanyDoorbell, Doorbell

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SWEEP_EVERY = timedelta(hours=6)


@dataclass
class FakeLinks:
    """Links by id; `index` is what lags."""

    links: dict[str, Link] = field(default_factory=dict)
    index: list[str] = field(default_factory=list)
    broken_ids: set[str] = field(default_factory=set)
    broken_buckets: set[str] = field(default_factory=set)
    changed_ids: set[str] = field(default_factory=set)
    everything_is_paused: bool = False

    def add(self, name: str, **fields: object) -> Link:
        link = _link(name, **fields)
        self.links[link.link_id] = link
        self.index.append(link.link_id)
        return link

    def is_everything_paused(self) -> bool:
        return self.everything_is_paused

    def due_ids(self, bucket: str, now: datetime) -> list[str]:
        if bucket in self.broken_buckets:
            raise AwsUnavailable("throttled")
        return [link_id for link_id in self.index if sweep_bucket(link_id) == bucket]

    def get(self, link_id: str) -> Link | None:
        if link_id in self.broken_ids:
            raise ValueError("a row that cannot be read")
        return self.links.get(link_id)

    def move_due_on(self, link: Link, next_due: datetime | None) -> None:
        if link.link_id in self.changed_ids:
            raise LinkChanged(link.link_id)
        self.links[link.link_id] = replace(link, next_due=next_due)


@dataclass
class FakeDoorbells:
    rung: list[AnyDoorbell] = field(default_factory=list)
    failing: deque[str] = field(default_factory=deque)

    def ring(self, doorbell: AnyDoorbell) -> None:
        if doorbell.group_id in self.failing:
            raise AwsUnavailable("queue down")
        self.rung.append(doorbell)


@pytest.fixture
def links() -> FakeLinks:
    return FakeLinks()


@pytest.fixture
def doorbells() -> FakeDoorbells:
    return FakeDoorbells()


def _link(name: str, **fields: object) -> Link:
    link = Link(
        link_id=f"user:{name}",
        purpose=Purpose.AUTO_IMPORT,
        user_id=name,
        company_id="atelier",
        account_id=f"dbid:{name}",
        account_name=name,
        account_email=f"{name}@example.org",
        encrypted_token=b"",
        status=LinkStatus.ACTIVE,
        generation=1,
        linked_at=NOW,
        next_due=NOW,
    )
    return replace(link, **fields)


def _sweep(links: FakeLinks, doorbells: FakeDoorbells, time_for: int = 1000) -> Sweep:
    ring = RingDueLinks(links, {Purpose.AUTO_IMPORT: doorbells.ring}, SWEEP_EVERY, lambda: NOW)
    time = iter([True] * time_for)
    return ring(lambda: next(time, False))


def test_rings_for_every_due_link_of_every_bucket(links: FakeLinks, doorbells: FakeDoorbells) -> None:
    names = {f"person-{number}" for number in range(100)}
    for name in names:
        links.add(name)

    sweep = _sweep(links, doorbells)

    assert (sweep.rung, sweep.failures, sweep.is_complete) == (100, {}, True)
    assert {doorbell.account_id for doorbell in doorbells.rung} == {f"dbid:{name}" for name in names}


@pytest.mark.parametrize(
    ("fields", "next_due"),
    [
        ({}, NOW + SWEEP_EVERY),
        ({"status": LinkStatus.FULL}, NOW + timedelta(hours=1)),
        ({"status": LinkStatus.SUSPENDED}, NOW + timedelta(hours=1)),
        ({"status": LinkStatus.RECONNECT, "status_since": NOW - timedelta(days=29)}, NOW + timedelta(days=1)),
        ({"status": LinkStatus.RECONNECT, "status_since": NOW - timedelta(days=30)}, None),
    ],
)
def test_sets_when_the_link_wants_its_next_visit(
    fields: dict[str, object], next_due: datetime | None, links: FakeLinks, doorbells: FakeDoorbells
) -> None:
    links.add("alice", **fields)

    _sweep(links, doorbells)

    assert links.links["user:alice"].next_due == next_due
    assert doorbells.rung == [Doorbell("dbid:alice")]


def test_every_doorbell_of_a_sweep_can_be_followed_to_it(links: FakeLinks, doorbells: FakeDoorbells) -> None:
    links.add("alice")
    links.add("bob", purpose=Purpose.SYNCHRONISATION)
    both = dict.fromkeys(Purpose, doorbells.ring)

    RingDueLinks(links, both, SWEEP_EVERY, lambda: NOW)(lambda: True, "request-1")

    assert [doorbell.correlation_id for doorbell in doorbells.rung] == ["request-1"] * 2


def test_an_unlinked_link_leaves_the_index_unrung(links: FakeLinks, doorbells: FakeDoorbells) -> None:
    links.add("alice", status=LinkStatus.UNLINKED)

    _sweep(links, doorbells)

    assert links.links["user:alice"].next_due is None
    assert doorbells.rung == []


@pytest.mark.parametrize("next_due", [None, NOW + timedelta(seconds=1)])
def test_a_link_that_the_index_shows_too_late_is_left_alone(
    next_due: datetime | None, links: FakeLinks, doorbells: FakeDoorbells
) -> None:
    links.add("alice", next_due=next_due)

    _sweep(links, doorbells)

    assert doorbells.rung == []
    assert links.links["user:alice"].next_due == next_due


def test_a_link_that_is_gone_is_left_alone(links: FakeLinks, doorbells: FakeDoorbells) -> None:
    links.index.append("user:gone")

    sweep = _sweep(links, doorbells)

    assert (sweep.rung, sweep.failures) == (0, {})


def test_a_company_is_rung_on_the_queue_of_its_purpose(links: FakeLinks, doorbells: FakeDoorbells) -> None:
    companies = FakeDoorbells()
    links.add("alice")
    links.add("bob", purpose=Purpose.SYNCHRONISATION)
    ring = RingDueLinks(
        links,
        {Purpose.AUTO_IMPORT: doorbells.ring, Purpose.SYNCHRONISATION: companies.ring},
        SWEEP_EVERY,
        lambda: NOW,
    )

    sweep = ring(lambda: True)

    assert sweep.rung == 2
    assert doorbells.rung == [Doorbell("dbid:alice")]
    assert companies.rung == [CompanyDoorbell("atelier")]


def test_a_purpose_without_a_queue_is_skipped(links: FakeLinks, doorbells: FakeDoorbells) -> None:
    links.add("atelier", purpose=Purpose.SYNCHRONISATION)

    sweep = _sweep(links, doorbells)

    assert (sweep.rung, sweep.failures) == (0, {})
    assert links.links["user:atelier"].next_due == NOW


def test_a_time_that_a_drain_has_set_meanwhile_stays(links: FakeLinks, doorbells: FakeDoorbells) -> None:
    links.add("alice")
    links.changed_ids.add("user:alice")

    sweep = _sweep(links, doorbells)

    assert (sweep.rung, sweep.failures) == (1, {})


def test_a_link_that_cannot_be_read_does_not_stop_the_others(
    links: FakeLinks, doorbells: FakeDoorbells
) -> None:
    for name in ("alice", "bob", "carol"):
        links.add(name)
    links.broken_ids.add("user:bob")

    sweep = _sweep(links, doorbells)

    assert sweep.rung == 2
    assert set(sweep.failures) == {"user:bob"}


def test_a_doorbell_that_cannot_be_rung_leaves_its_link_due(
    links: FakeLinks, doorbells: FakeDoorbells
) -> None:
    links.add("alice")
    links.add("bob")
    doorbells.failing.append("dbid:alice")

    sweep = _sweep(links, doorbells)

    assert set(sweep.failures) == {"user:alice"}
    assert links.links["user:alice"].next_due == NOW
    assert doorbells.rung == [Doorbell("dbid:bob")]


def test_a_bucket_that_cannot_be_read_does_not_stop_the_others(
    links: FakeLinks, doorbells: FakeDoorbells
) -> None:
    links.add("alice")
    others = [
        bucket for bucket in (f"{number:02d}" for number in range(16)) if bucket != sweep_bucket("user:alice")
    ]
    links.broken_buckets = set(others)

    sweep = _sweep(links, doorbells)

    assert sweep.rung == 1
    assert set(sweep.failures) == set(others)


def test_stops_in_time_and_leaves_the_rest_due(links: FakeLinks, doorbells: FakeDoorbells) -> None:
    for number in range(20):
        links.add(f"person-{number}")

    sweep = _sweep(links, doorbells, time_for=5)

    assert (sweep.rung, sweep.is_complete) == (5, False)
    assert sum(link.next_due == NOW for link in links.links.values()) == 15


def test_a_paused_link_is_not_rung_and_stays_due(links: FakeLinks, doorbells: FakeDoorbells) -> None:
    paused = links.add("paused", is_paused=True)
    links.add("alice")

    sweep = _sweep(links, doorbells)

    assert doorbells.rung == [Doorbell("dbid:alice")]
    assert (links.links["user:paused"], sweep.rung) == (paused, 1)


def test_nothing_is_rung_while_everything_is_paused_and_all_of_it_afterwards(
    links: FakeLinks, doorbells: FakeDoorbells
) -> None:
    link = links.add("alice")
    links.everything_is_paused = True
    paused = _sweep(links, doorbells)
    rung_meanwhile, due_meanwhile = list(doorbells.rung), links.links["user:alice"]
    links.everything_is_paused = False

    sweep = _sweep(links, doorbells)

    assert (paused, rung_meanwhile, due_meanwhile) == (Sweep(is_paused=True), [], link)
    assert (sweep.rung, doorbells.rung) == (1, [Doorbell("dbid:alice")])


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-22T09:00:00+00:00", "2026-11-23T09:00:00+00:00"),
        ("2026-11-30T09:00:00+00:00", "2026-12-01T00:00:00+00:00"),
        ("2026-12-31T23:59:59+00:00", "2027-01-01T00:00:00+00:00"),
        ("2027-01-31T12:00:00+00:00", "2027-02-01T00:00:00+00:00"),
        ("2026-12-01T00:30:00+01:00", "2026-12-01T00:00:00+00:00"),
    ],
)
def test_a_team_at_its_limit_is_looked_at_daily_and_on_the_first_of_the_month(now: str, then: str) -> None:
    link = _link("bob", status=LinkStatus.FULL, problem=LinkProblem.TRANSPORT_LIMIT)

    assert next_routine_check(link, datetime.fromisoformat(now), SWEEP_EVERY) == datetime.fromisoformat(then)
