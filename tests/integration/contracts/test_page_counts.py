"""What the quotas of a paid engine may rely on: no page is counted beyond the most."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import boto3
import pytest

from functions.document_reading.textract.page_quota import PageCounts as PageCountsPort
from shared.aws.stores.page_counts import PageCounts
from shared.domain.page_quotas import PageCounter
from testing.fakes.page_counts import FakePageCounts
from tests.integration.contracts.conftest import FAKE

DAY = PageCounter("user", "alice", "2026-11-27", 5, date(2026, 11, 28))


@pytest.fixture
def counts(kind: str, request: pytest.FixtureRequest) -> PageCountsPort:
    if kind == FAKE:
        return FakePageCounts()
    request.getfixturevalue("aws")
    return PageCounts("reading_jobs")


def test_pages_are_counted_up_to_the_most_and_not_beyond(counts: PageCountsPort) -> None:
    answers = [counts.add(DAY, 3), counts.add(DAY, 3), counts.add(DAY, 2), counts.add(DAY, 1)]

    assert answers == [True, False, True, False]


def test_more_pages_at_once_than_the_most_are_never_counted(counts: PageCountsPort) -> None:
    assert not counts.add(DAY, 6)
    assert counts.add(DAY, 5)


def test_what_is_taken_back_may_be_counted_by_another(counts: PageCountsPort) -> None:
    counts.add(DAY, 5)

    counts.correct(DAY, -2)

    assert [counts.add(DAY, 2), counts.add(DAY, 1)] == [True, False]


def test_what_is_booked_afterwards_counts_beyond_the_most(counts: PageCountsPort) -> None:
    counts.add(DAY, 4)

    counts.correct(DAY, 20)
    counts.correct(DAY, -19)

    assert [counts.add(DAY, 1), counts.add(replace(DAY, most=6), 1)] == [False, True]


@pytest.mark.parametrize("other", [{"kind": "company"}, {"holder_id": "bob"}, {"window": "2026-11"}])
def test_each_user_and_company_has_a_count_of_its_own_for_each_day_and_month(
    counts: PageCountsPort, other: dict[str, str]
) -> None:
    counts.add(DAY, 5)

    assert counts.add(replace(DAY, **other), 5)  # type: ignore[arg-type]


@pytest.mark.usefixtures("aws")
def test_a_count_is_cleaned_up_a_week_after_its_day_or_month() -> None:
    PageCounts("reading_jobs").add(DAY, 1)

    [item] = boto3.resource("dynamodb").Table("reading_jobs").scan()["Items"]
    assert (item["user_id"], item["expense_id"], item["pages"]) == ("alice", "pages#user#2026-11-27", 1)
    assert datetime.fromtimestamp(int(item["ttl"]), UTC) == datetime(2026, 12, 5, tzinfo=UTC)
