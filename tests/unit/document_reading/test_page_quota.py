"""What one user and one company may have read by an engine that is paid by the page."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from functions.document_reading.outcomes import DocumentUnreadable, ReadingHeldBack, ReadingUnderWay
from functions.document_reading.reading.model import Reading
from functions.document_reading.textract.page_quota import PageQuota
from functions.document_reading.textract.textract_reader import TextractReader
from functions.document_reading.worker.confined_reader import Picture
from shared.domain.errors import AnalysisRefused, AwsUnavailable
from shared.domain.expense_analysis import ExpenseAnalysis
from shared.domain.expenses import SupportingDocument
from shared.domain.page_quotas import PageQuotas, Payer
from testing.fakes.failing import Failing, always
from testing.fakes.page_counts import FakePageCounts

NOW = datetime(2026, 11, 27, 23, 59, tzinfo=UTC)
TOMORROW, NEXT_MONTH = date(2026, 11, 28), date(2026, 12, 1)
ALICE, BOB = Payer("alice", "acme"), Payer("bob", "acme")
QUOTAS = PageQuotas(user_day=5, user_month=8, company_day=9, company_month=12)
DOCUMENT = SupportingDocument("d", "documents/alice/d", "00", "scan.pdf", "application/pdf", 5)
ONE_PAGE = Picture(1, 210, 297, b"jpeg", (0,))
PLACE = Path("nowhere")


@dataclass
class Engine:
    """Begins with several pages, and finds nothing; `pages` is how many there were to read."""

    pages: int = 0

    def analyse(self, s3_key: str) -> ExpenseAnalysis:
        return ExpenseAnalysis((), (), self.pages)

    def analyse_picture(self, picture: bytes) -> ExpenseAnalysis:
        return ExpenseAnalysis((), (), self.pages)

    def begin(self, s3_key: str) -> str:
        return "job-1"

    def result(self, analysis_id: str) -> ExpenseAnalysis | None:
        return ExpenseAnalysis((), (), self.pages)


class Judge:
    def judge(self, *_: Any, owner: str) -> Reading:
        return Reading()


@dataclass
class World:
    """One engine for two colleagues."""

    quotas: PageQuotas = QUOTAS
    now: datetime = NOW
    engine: Any = field(default_factory=Engine)
    counts: FakePageCounts = field(default_factory=FakePageCounts)
    sent: list[int] = field(default_factory=list)

    @property
    def reader(self) -> TextractReader:
        quota = PageQuota(self.counts, self.quotas, lambda: self.now)
        return TextractReader(self.engine, Judge(), quota, self.sent.append, lambda *_: None)

    def read(self, pages: int = 1, payer: Payer = ALICE) -> None:
        picture = ONE_PAGE if pages == 1 else replace(ONE_PAGE, pages=pages, data=None)
        with suppress(ReadingUnderWay):
            self.reader.read(DOCUMENT, picture, PLACE, payer=payer)

    def resume(self, analysis_id: str, payer: Payer = ALICE) -> Reading:
        return self.reader.resume(DOCUMENT, analysis_id, PLACE, payer=payer)

    def held_back_until(self, pages: int = 1, payer: Payer = ALICE) -> date:
        with pytest.raises(ReadingHeldBack) as held:
            self.read(pages, payer)
        return held.value.until


def test_a_user_has_so_many_pages_read_a_day_and_the_rest_on_the_next() -> None:
    world = World()
    world.read(3)
    world.read(2)

    until = world.held_back_until()
    world.now = datetime(2026, 11, 28, tzinfo=UTC)
    world.read(3)

    assert (until, world.sent) == (TOMORROW, [3, 2, 3])


def test_a_user_who_has_used_the_month_up_waits_for_the_next() -> None:
    world = World(now=datetime(2026, 11, 26, tzinfo=UTC))
    world.read(5)
    world.now = NOW
    world.read(3)

    assert world.held_back_until() == NEXT_MONTH
    assert world.sent == [5, 3]


def test_what_is_beyond_the_quotas_of_day_and_month_waits_for_the_later() -> None:
    world = World(quotas=replace(QUOTAS, user_day=1, user_month=1))
    world.read()

    assert world.held_back_until() == NEXT_MONTH


def test_the_users_of_a_company_share_its_quota_and_others_have_theirs() -> None:
    world = World()
    world.read(5)
    world.read(4, BOB)

    until = world.held_back_until(1, BOB)
    world.read(5, Payer("carol", "globex"))
    world.read(5, Payer("dave"))

    assert until == TOMORROW
    assert world.sent == [5, 4, 5, 5]


def test_what_was_held_back_uses_nothing_up() -> None:
    world = World()
    world.read(4)

    world.held_back_until(2)
    world.read(1)

    assert world.sent == [4, 1]


def test_a_month_of_december_is_renewed_in_january() -> None:
    world = World(now=datetime(2026, 12, 31, tzinfo=UTC), quotas=replace(QUOTAS, user_month=1))
    world.read()

    assert world.held_back_until() == date(2027, 1, 1)


def test_what_an_engine_that_fails_did_not_read_is_not_counted() -> None:
    world = World()
    world.engine = Failing(Engine(), analyse_picture=always(AwsUnavailable("no", "ThrottlingException")))
    for _ in range(9):
        with pytest.raises(AwsUnavailable):
            world.read()

    world.engine = Engine()
    world.read(5)

    assert world.sent == [5]


def test_what_the_engine_refuses_is_counted_so_that_no_loop_of_refusals_is_free() -> None:
    world = World(engine=Failing(Engine(), analyse_picture=always(AnalysisRefused("BadDocument"))))
    for _ in range(5):
        with pytest.raises(DocumentUnreadable):
            world.read()

    assert world.held_back_until() == TOMORROW


def test_where_pages_cannot_be_counted_none_is_sent() -> None:
    world = World()
    world.counts = Failing(world.counts, add=always(AwsUnavailable("no")))

    with pytest.raises(AwsUnavailable):
        world.read()

    assert world.sent == []


def test_an_analysis_that_was_begun_is_asked_for_whatever_has_been_used_up() -> None:
    world = World()
    world.read(5)

    reading = world.resume("job-1@0,1,2,3,4")

    assert (reading, world.sent) == (Reading(), [5])


def test_pages_that_were_not_stated_are_booked_when_the_engine_has_read_them() -> None:
    world = World(engine=Engine(pages=7))
    world.read(2)
    before = world.counts.pages["user", "alice", "2026-11-27"]

    world.resume("job-1@0,1")

    assert (before, world.counts.pages["user", "alice", "2026-11-27"]) == (2, 7)
    assert world.counts.pages["company", "acme", "2026-11"] == 7
    assert world.sent == [2, 5]
    assert world.held_back_until() == TOMORROW


@pytest.mark.parametrize("read", [0, 1, 2], ids=["not said", "fewer", "as stated"])
def test_an_engine_that_has_read_no_more_than_was_stated_has_nothing_booked(read: int) -> None:
    world = World(engine=Engine(pages=read))
    world.read(2)

    world.resume("job-1@0,1")

    assert (world.counts.pages["user", "alice", "2026-11-27"], world.sent) == (2, [2])


def test_of_an_analysis_that_an_earlier_release_began_nothing_is_booked() -> None:
    world = World(engine=Engine(pages=7))

    world.resume("job-1")

    assert world.counts.pages == {}


def test_more_than_one_page_read_at_once_is_booked() -> None:
    world = World(engine=Engine(pages=3))

    world.read(1)

    assert (world.counts.pages["user", "alice", "2026-11-27"], world.sent) == (3, [1, 2])
