"""The sweep rings for what is due, whatever becomes of a single link."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from functions.sweep.ports import RingAll
from functions.sweep.ring_due_links import MOST_A_SECOND, RingDueLinks
from functions.sweep.sweep import Sweep
from shared.domain.errors import AwsUnavailable, LinkChanged
from shared.domain.links import (
    SWEEP_BUCKETS,
    Link,
    LinkProblem,
    LinkStatus,
    Purpose,
    next_routine_check,
    sweep_bucket,
)
from shared.doorbells.messages import AnyDoorbell, CompanyDoorbell, Doorbell, RungBy
from testing.clocks import Clock

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
    missed_at: datetime | None = None
    most_read_together: int = 0

    def add(self, name: str, **fields: object) -> Link:
        link = _link(name, **fields)
        self.links[link.link_id] = link
        self.index.append(link.link_id)
        return link

    def is_everything_paused(self) -> bool:
        return self.everything_is_paused

    def notification_missed_at(self) -> datetime | None:
        return self.missed_at

    def due_ids(self, bucket: str, until: datetime, since: datetime | None = None) -> Iterator[list[str]]:
        if bucket in self.broken_buckets:
            raise AwsUnavailable("throttled")
        ids = [link_id for link_id in self.index if sweep_bucket(link_id) == bucket]
        if since is not None:
            ids = [each for each in ids if since <= (self.links[each].next_due or until) <= until]
        for start in range(0, len(ids), 100):
            yield ids[start : start + 100]

    def get_many(self, link_ids: Sequence[str]) -> list[Link]:
        if self.broken_ids & set(link_ids):
            raise ValueError("a row that cannot be read")
        self.most_read_together = max(self.most_read_together, len(link_ids))
        return [self.links[link_id] for link_id in link_ids if link_id in self.links]

    def move_due_on(self, link: Link, next_due: datetime | None, rung_at: datetime | None = None) -> None:
        if link.link_id in self.changed_ids:
            raise LinkChanged(link.link_id)
        self.links[link.link_id] = replace(link, next_due=next_due, rung_at=rung_at or link.rung_at)


@dataclass
class FakeDoorbells:
    rung: list[AnyDoorbell] = field(default_factory=list)
    failing: deque[str] = field(default_factory=deque)

    def ring_all(self, doorbells: Sequence[AnyDoorbell]) -> None:
        if any(doorbell.group_id in self.failing for doorbell in doorbells):
            raise AwsUnavailable("queue down")
        self.rung.extend(doorbells)


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


def _ringing(
    links: FakeLinks,
    ring_for: Mapping[Purpose, RingAll],
    now: Callable[[], datetime] = lambda: NOW,
    sleep: Callable[[float], None] = lambda _: None,
) -> RingDueLinks:
    return RingDueLinks(links=links, ring_for=ring_for, sweep_every=SWEEP_EVERY, sleep=sleep, now=now)


def _sweep(links: FakeLinks, doorbells: FakeDoorbells, has_time: Callable[[], bool] = lambda: True) -> Sweep:
    return _ringing(links, {Purpose.AUTO_IMPORT: doorbells.ring_all})(has_time)


def rung_by_sweep(name: str, correlation_id: str = "") -> Doorbell:
    return Doorbell(f"dbid:{name}", correlation_id=correlation_id, rung_by=RungBy.SWEEP)


def test_rings_for_every_due_link_of_every_bucket(links: FakeLinks, doorbells: FakeDoorbells) -> None:
    names = {f"person-{number}" for number in range(100)}
    for name in names:
        links.add(name)

    sweep = _sweep(links, doorbells)

    assert (sweep.rung, sweep.failures, sweep.is_complete) == (100, {}, True)
    assert {doorbell.group_id for doorbell in doorbells.rung} == {f"dbid:{name}" for name in names}


@pytest.mark.parametrize(
    ("fields", "latest"),
    [
        ({"status": LinkStatus.FULL}, timedelta(hours=1)),
        ({"status": LinkStatus.SUSPENDED}, timedelta(hours=1)),
        ({"status": LinkStatus.RECONNECT, "status_since": NOW - timedelta(days=29)}, timedelta(days=1)),
    ],
)
def test_a_link_in_trouble_is_looked_at_in_its_own_time(
    fields: dict[str, object], latest: timedelta, links: FakeLinks, doorbells: FakeDoorbells
) -> None:
    links.add("alice", **fields)

    _sweep(links, doorbells)

    next_due = links.links["user:alice"].next_due
    assert next_due is not None
    assert NOW + 0.9 * latest <= next_due <= NOW + latest
    assert doorbells.rung == [rung_by_sweep("alice")]


def test_a_link_that_waits_for_its_user_is_given_up_after_thirty_days(
    links: FakeLinks, doorbells: FakeDoorbells
) -> None:
    links.add("alice", status=LinkStatus.RECONNECT, status_since=NOW - timedelta(days=30))

    _sweep(links, doorbells)

    assert links.links["user:alice"].next_due is None
    assert doorbells.rung == [rung_by_sweep("alice")]


def test_a_link_that_was_rung_for_is_watched_hourly_and_rung_for_again_hours_later(
    links: FakeLinks, doorbells: FakeDoorbells
) -> None:
    links.add("alice")
    clock = Clock(NOW)
    ring = _ringing(links, {Purpose.AUTO_IMPORT: doorbells.ring_all}, clock)
    rung = []

    for _ in range(14):
        ring(lambda: True)
        rung.append(len(doorbells.rung))
        clock.advance(minutes=30)

    assert rung == [1] * 12 + [2] * 2


def test_a_link_that_a_drain_has_made_due_since_is_rung_for(
    links: FakeLinks, doorbells: FakeDoorbells
) -> None:
    links.add("alice", rung_at=NOW - timedelta(minutes=30, seconds=7))

    _sweep(links, doorbells)

    assert doorbells.rung == [rung_by_sweep("alice")]


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({"linked_at": NOW - timedelta(days=9), "last_clean_listing": NOW - timedelta(hours=7)}, 7 * 3600.0),
        ({"linked_at": NOW - timedelta(hours=2)}, 2 * 3600.0),
        ({"linked_at": NOW, "last_clean_listing": NOW - timedelta(hours=7)}, 0.0),
    ],
    ids=["looked at once", "never looked at", "linked again since"],
)
def test_a_sweep_tells_how_long_the_longest_waiting_link_was_not_looked_at(
    fields: dict[str, object], seconds: float, links: FakeLinks, doorbells: FakeDoorbells
) -> None:
    links.add("alice", **fields)
    links.add("bob", last_clean_listing=NOW, linked_at=NOW)

    sweep = _sweep(links, doorbells)

    assert sweep.oldest_looks == {Purpose.AUTO_IMPORT: seconds}


@pytest.mark.parametrize("fields", [{"status": LinkStatus.RECONNECT}, {"is_paused": True}])
def test_a_link_that_cannot_be_looked_at_has_no_such_age(
    fields: dict[str, object], links: FakeLinks, doorbells: FakeDoorbells
) -> None:
    links.add("alice", linked_at=NOW - timedelta(days=9), **fields)

    sweep = _sweep(links, doorbells)

    assert sweep.oldest_looks == {}


def test_a_link_that_dropbox_is_known_to_ring_for_is_looked_at_once_a_day() -> None:
    link = _link("alice", heard_at=NOW - timedelta(days=3))

    due = next_routine_check(link, NOW, SWEEP_EVERY)

    assert due is not None
    assert NOW + timedelta(hours=21.6) <= due <= NOW + timedelta(hours=24)


def test_looks_that_were_late_together_part_again() -> None:
    due = [next_routine_check(_link(f"person-{number}"), NOW, SWEEP_EVERY) for number in range(1000)]

    minutes = [(each - NOW).total_seconds() // 60 for each in due if each]
    assert 324 <= min(minutes) < max(minutes) <= 360
    assert max(minutes.count(minute) for minute in set(minutes)) < 60


@pytest.mark.parametrize(
    ("missed", "rung"),
    [(None, []), (timedelta(hours=1), ["bob"]), (timedelta(hours=7), [])],
    ids=["no notification missed", "one missed lately", "one missed long ago"],
)
def test_while_notifications_get_lost_who_is_rarely_looked_at_is_looked_at_within_hours(
    missed: timedelta | None, rung: list[str], links: FakeLinks, doorbells: FakeDoorbells
) -> None:
    links.missed_at = NOW - missed if missed else None
    links.add("alice", heard_at=NOW, next_due=NOW + timedelta(hours=20))
    links.add("bob", heard_at=NOW, next_due=NOW + timedelta(hours=17))
    links.add("carol", heard_at=None, next_due=NOW + timedelta(hours=17), status=LinkStatus.RECONNECT)
    links.add("dave", heard_at=NOW, next_due=NOW + timedelta(hours=5))

    _sweep(links, doorbells)

    assert doorbells.rung == [rung_by_sweep(name) for name in rung]


def test_never_more_is_rung_for_in_a_second_than_drains_answer_at_once(
    links: FakeLinks, doorbells: FakeDoorbells
) -> None:
    clocks, slept = threading.local(), list[float]()

    def now() -> datetime:
        return NOW + timedelta(seconds=getattr(clocks, "seconds", 0.0))

    def sleep(seconds: float) -> None:
        clocks.seconds = getattr(clocks, "seconds", 0.0) + seconds
        slept.append(seconds)

    for number in range(2000):
        links.add(f"person-{number}")

    sweep = _ringing(links, {Purpose.AUTO_IMPORT: doorbells.ring_all}, now, sleep)(lambda: True)

    assert sweep.rung == 2000
    shortest = SWEEP_BUCKETS * 2000 / MOST_A_SECOND
    assert 0.8 * shortest < sum(slept) < shortest, "each of the sixteen buckets takes its share"


def test_no_more_than_ten_links_of_a_bucket_are_in_memory(links: FakeLinks, doorbells: FakeDoorbells) -> None:
    for number in range(500):
        links.add(f"person-{number}")

    _sweep(links, doorbells)

    assert links.most_read_together == 10


def test_every_doorbell_of_a_sweep_can_be_followed_to_it(links: FakeLinks, doorbells: FakeDoorbells) -> None:
    links.add("alice")
    links.add("bob", purpose=Purpose.SYNCHRONISATION)
    both = dict.fromkeys(Purpose, doorbells.ring_all)

    _ringing(links, both)(lambda: True, "request-1")

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
    ring = _ringing(
        links,
        {Purpose.AUTO_IMPORT: doorbells.ring_all, Purpose.SYNCHRONISATION: companies.ring_all},
    )

    sweep = ring(lambda: True)

    assert sweep.rung == 2
    assert doorbells.rung == [rung_by_sweep("alice")]
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
    assert doorbells.rung == [rung_by_sweep("bob")]


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
    for number in range(200):
        links.add(f"person-{number}")
    time, lock = iter([True] * 5), threading.Lock()

    def has_time() -> bool:
        with lock:
            return next(time, False)

    sweep = _sweep(links, doorbells, has_time)

    assert 0 < sweep.rung <= 50
    assert not sweep.is_complete
    assert sum(link.next_due == NOW for link in links.links.values()) == 200 - sweep.rung


def test_a_paused_link_is_not_rung_and_stays_due(links: FakeLinks, doorbells: FakeDoorbells) -> None:
    paused = links.add("paused", is_paused=True)
    links.add("alice")

    sweep = _sweep(links, doorbells)

    assert doorbells.rung == [rung_by_sweep("alice")]
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
    assert (sweep.rung, doorbells.rung) == (1, [rung_by_sweep("alice")])


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
