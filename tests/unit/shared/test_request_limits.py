"""One user in a loop is told to wait, and slows nobody else."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from shared.domain.errors import AwsUnavailable, TooManyRequests
from shared.http.refusals import headers_of, status_of
from shared.http.request_limits import CheckLimit, Limit

LIMIT = Limit("asking", 3)


class Counts:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, 0, 12, 500_000, tzinfo=UTC)
        self._counts = Counter[tuple[str, str, datetime]]()
        self.check = CheckLimit(self.count, lambda: self.now)

    def count(self, kind: str, user_id: str, window: datetime) -> int:
        self._counts[kind, user_id, window] += 1
        return self._counts[kind, user_id, window]


def test_who_asks_more_than_a_person_does_is_told_when_to_come_back() -> None:
    counts = Counts()
    for _ in range(LIMIT.most):
        counts.check(LIMIT, "alice")

    with pytest.raises(TooManyRequests) as refused:
        counts.check(LIMIT, "alice")

    assert (status_of(refused.value), headers_of(refused.value)) == (429, {"Retry-After": "48"})


def test_others_other_requests_and_the_next_minute_are_not_slowed() -> None:
    counts = Counts()
    for _ in range(LIMIT.most):
        counts.check(LIMIT, "alice")

    counts.check(LIMIT, "bob")
    counts.check(Limit("changing", 1), "alice")
    counts.now += timedelta(seconds=48)
    counts.check(LIMIT, "alice")


def test_nobody_is_refused_because_aws_does_not_count() -> None:
    def fail(_kind: str, _user_id: str, _window: datetime) -> int:
        raise AwsUnavailable("throttled")

    CheckLimit(fail, lambda: datetime(2026, 11, 22, 9, 0, tzinfo=UTC))(LIMIT, "alice")
