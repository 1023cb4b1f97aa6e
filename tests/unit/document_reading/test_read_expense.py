"""A document is read once, given up after two deaths, and never over its user's head."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from functions.document_reading.job.read_expense import LEASE
from functions.document_reading.outcomes import (
    DocumentUnreadable,
    ReaderDied,
    ReadingHeldBack,
    ReadingUnderWay,
)
from functions.document_reading.reading.model import Reading
from shared.domain.errors import AwsRefused, AwsUnavailable, ConfinementFailed
from shared.domain.expenses import ExpenseStatus
from shared.domain.page_quotas import Payer
from shared.domain.reading_jobs import ReadingFailure, ReadingJobStatus
from shared.domain.readings import Mark, VatOfRate
from shared.doorbells.received import ComeBackLater
from testing.fakes.crashing import CallCounter, Killed
from testing.fakes.failing import Failing, always, once, times
from tests.unit.document_reading.reading_world import ReadingWorld


@pytest.fixture
def world() -> ReadingWorld:
    world = ReadingWorld()
    world.imported()
    return world


def put_back(world: ReadingWorld) -> float:
    with pytest.raises(ComeBackLater) as later:
        world.answer()
    return later.value.seconds


def raising(error: Exception) -> Callable[..., None]:
    return always(error)


def test_an_expense_carries_what_its_document_says_and_how_sure_that_is(world: ReadingWorld) -> None:
    answer = world.answer()

    read = world.reading()
    assert world.expense().values == {
        "merchant": "Café Lumière",
        "date": "2026-11-05",
        "amount": "46.00",
        "currency": "EUR",
    }
    assert read.state is ReadingJobStatus.DONE
    assert read.marks == {
        "merchant": Mark(False, "ocr"),
        "date": Mark(True, "ocr"),
        "amount": Mark(True, "ocr"),
        "currency": Mark(True, "ocr"),
    }
    assert (read.document_number, read.category) == ("T-14", "meal")
    assert read.vat == [VatOfRate("4.18", "10", "41.82")]
    assert world.job().status is ReadingJobStatus.DONE
    assert (answer.answer, answer.filled, answer.confirmed) == ("done", 4, 3)


def test_the_seconds_run_from_the_import(world: ReadingWorld) -> None:
    world.clock.advance(seconds=7)

    assert world.answer().seconds == 7


def test_a_document_is_read_once_however_often_its_doorbell_rings(world: ReadingWorld) -> None:
    world.answer()

    again = world.answer()

    assert again.answer == "nothing to read"
    assert len(world.reader.opened) == 1


def test_a_doorbell_for_what_nobody_imported_says_nothing(world: ReadingWorld) -> None:
    assert world.answer("unknown").answer == "nothing to read"


def test_two_readings_that_meet_open_the_document_once(world: ReadingWorld) -> None:
    meanwhile: list[str] = []
    world.reader.before = once(lambda *_: meanwhile.append(world.answer().answer))

    answer = world.answer()

    assert (answer.answer, meanwhile) == ("done", ["not yet due"])
    assert len(world.reader.opened) == 1


def test_what_the_sweep_has_rung_for_is_read_though_its_doorbell_comes_after_the_next_one_was_put_off(
    world: ReadingWorld,
) -> None:
    world.reader.before = once(raising(AwsUnavailable("InternalServerError")))
    world.clock.advance(seconds=put_back(world))
    world.jobs.move_on(world.job(), world.clock() + timedelta(hours=1))

    assert world.answer().answer == "done"


def test_what_the_sweep_has_rung_for_is_opened_once_by_two_that_meet(world: ReadingWorld) -> None:
    world.jobs.move_on(world.job(), world.clock() + timedelta(hours=1))
    others: list[str] = []
    world.reader.before = once(lambda *_: others.append(world.answer().answer))

    answer = world.answer()

    assert (answer.answer, others) == ("done", ["not yet due"])


def test_two_that_begin_at_the_same_moment_open_it_once(world: ReadingWorld) -> None:
    fake = world.jobs
    world.jobs = Failing(fake, note=once(lambda *_: ReadingWorld.answer(world)))

    answer = world.answer()

    assert answer.answer == "another is at it"
    assert len(world.reader.opened) == 1


@pytest.mark.parametrize(
    "status",
    [ExpenseStatus.ACCEPTED, ExpenseStatus.REFUSED, ExpenseStatus.RECORDED, ExpenseStatus.DELETED, None],
)
def test_what_its_user_has_finished_with_is_left_alone(status: ExpenseStatus | None) -> None:
    world = ReadingWorld()
    world.imported(status=status)

    world.answer()

    assert world.expense().values == {}
    assert world.reader.opened == []
    assert world.job().status is ReadingJobStatus.DONE


@pytest.mark.parametrize("status", [ExpenseStatus.COMPLIANT, ExpenseStatus.NON_COMPLIANT])
def test_what_its_user_still_works_on_is_filled_in(status: ExpenseStatus) -> None:
    world = ReadingWorld()
    world.imported(status=status)

    world.answer()

    assert world.expense().values["amount"] == "46.00"


def test_an_expense_that_is_gone_or_somebody_elses_is_left_alone(world: ReadingWorld) -> None:
    world.imported("other", user_id="mallory")
    del world.expenses.expenses["expense-1"]

    answers = [world.answer().answer, world.answer("other").answer]

    assert answers == ["done", "done"]
    assert world.expense("other").values == {}
    assert world.reader.opened == []


def test_what_the_user_types_while_the_document_is_read_stays(world: ReadingWorld) -> None:
    world.reader.before = lambda *_: world.expenses.type_in("expense-1", merchant="Chez moi", date="")

    world.answer()

    assert world.expense().values == {"merchant": "Chez moi", "amount": "46.00", "currency": "EUR"}
    assert set(world.reading().marks) == {"amount", "currency"}


def test_what_the_user_types_at_the_very_moment_of_filling_in_stays(world: ReadingWorld) -> None:
    fake = world.expenses
    typing = once(lambda *_: fake.type_in("expense-1", amount="12.00", currency="CHF"))
    world.expenses = Failing(fake, fill=typing)

    world.answer()

    values = fake.expenses["expense-1"].values
    assert values == {"merchant": "Café Lumière", "date": "2026-11-05", "amount": "12.00", "currency": "CHF"}


def test_an_expense_accepted_at_the_very_moment_of_filling_in_is_left_alone(world: ReadingWorld) -> None:
    fake = world.expenses

    def accept(*_: Any) -> None:
        fake.expenses["expense-1"] = world_expense(fake, ExpenseStatus.ACCEPTED)

    world.expenses = Failing(fake, fill=once(accept))

    assert world.answer().answer == "done"
    assert fake.expenses["expense-1"].values == {}


def world_expense(fake: Any, status: ExpenseStatus) -> Any:
    from dataclasses import replace

    return replace(fake.expenses["expense-1"], status=status)


def test_a_document_of_which_nothing_was_read_is_unreadable(world: ReadingWorld) -> None:
    world.reader.readings["expense-1"] = Reading()

    answer = world.answer()

    assert answer.answer == "unreadable"
    assert world.reading().state is ReadingJobStatus.UNREADABLE
    assert world.expense().values == {}
    assert (world.job().status, world.job().reason) == (
        ReadingJobStatus.UNREADABLE,
        ReadingFailure.NOTHING_FOUND,
    )


def test_a_document_that_cannot_be_read_is_given_up_at_once(world: ReadingWorld) -> None:
    world.reader.before = raising(DocumentUnreadable(ReadingFailure.UNREADABLE, "damaged"))

    world.answer()

    assert (world.job().status, world.job().detail) == (ReadingJobStatus.UNREADABLE, "damaged")


def test_a_document_that_its_user_has_taken_away_is_not_read() -> None:
    world = ReadingWorld()
    world.imported(documents=())

    world.answer()

    assert world.job().status is ReadingJobStatus.UNREADABLE


def test_a_document_that_kills_its_reader_is_given_up_the_second_time(world: ReadingWorld) -> None:
    world.reader.before = raising(ReaderDied())

    seconds = put_back(world)
    world.clock.advance(seconds=seconds)
    answer = world.answer()

    assert answer.answer == "unreadable"
    assert (world.job().reason, len(world.reader.opened)) == (ReadingFailure.READER_DIED, 2)
    assert world.reading().state is ReadingJobStatus.UNREADABLE


def test_a_document_that_kills_the_function_is_given_up_after_two_deaths(world: ReadingWorld) -> None:
    world.reader.before = raising(Killed("out of memory"))

    for _ in range(2):
        with pytest.raises(Killed):
            world.answer()
        assert world.answer().answer == "not yet due"
        world.clock.advance(seconds=LEASE.total_seconds())
    answer = world.answer()

    assert answer.answer == "unreadable"
    assert len(world.reader.opened) == 2


def test_a_document_beyond_a_quota_is_to_be_filled_in_by_hand_until_that_is_renewed(
    world: ReadingWorld,
) -> None:
    tomorrow = world.clock().date() + timedelta(days=1)
    world.reader.before = raising(ReadingHeldBack(tomorrow))

    answer = world.answer()

    job = world.job()
    assert (answer.answer, world.answer().answer) == ("held back", "not yet due")
    assert world.reading().by_hand_until == tomorrow
    assert (job.status, job.reason) == (ReadingJobStatus.WAITING, ReadingFailure.OVER_QUOTA)
    assert job.next_try == datetime.combine(tomorrow, time(), UTC)
    assert len(world.reader.opened) == 1


def test_what_was_held_back_is_read_once_the_sweep_rings_whoever_is_first(world: ReadingWorld) -> None:
    world.reader.before = once(raising(ReadingHeldBack(world.clock().date() + timedelta(days=1))))
    world.answer()
    world.clock.advance(seconds=timedelta(days=1).total_seconds())
    world.jobs.move_on(world.job(), world.clock() + timedelta(hours=1))

    answer = world.answer()

    assert answer.answer == "done"
    assert world.expense().values["amount"] == "46.00"
    assert world.reading().by_hand_until is None


def test_what_its_user_typed_while_it_was_held_back_stays(world: ReadingWorld) -> None:
    world.reader.before = once(raising(ReadingHeldBack(world.clock().date() + timedelta(days=1))))
    world.answer()
    world.expenses.type_in("expense-1", merchant="Chez moi", amount="12.00", currency="EUR")
    world.clock.advance(seconds=timedelta(days=1).total_seconds())

    world.answer()

    assert world.expense().values == {
        "merchant": "Chez moi",
        "amount": "12.00",
        "currency": "EUR",
        "date": "2026-11-05",
    }


def test_being_held_back_again_and_again_uses_up_no_patience(world: ReadingWorld) -> None:
    for _ in range(9):
        world.reader.before = raising(ReadingHeldBack(world.clock().date() + timedelta(days=1)))
        world.answer()
        world.clock.advance(seconds=timedelta(days=1).total_seconds())
    world.reader.before = raising(ConfinementFailed("no"))

    put_back(world)

    assert world.job().status is ReadingJobStatus.WAITING


def test_the_reader_is_told_on_whose_account_it_reads() -> None:
    world = ReadingWorld()
    world.imported(company_id="acme")

    world.answer()

    assert world.reader.payers == [Payer("alice", "acme")]


def test_a_document_is_not_blamed_for_aws(world: ReadingWorld) -> None:
    world.reader.before = raising(AwsUnavailable("no", "ThrottlingException"))

    for _ in range(6):
        world.clock.advance(seconds=put_back(world))
    job = world.job()
    world.reader.before = lambda *_: None
    answer = world.answer()

    assert (job.tries, job.attempts_started, job.detail) == (6, 0, "ThrottlingException")
    assert answer.answer == "done"


def test_tries_become_rarer(world: ReadingWorld) -> None:
    world.reader.before = raising(AwsUnavailable("no"))
    waits = []

    for _ in range(4):
        waits.append(put_back(world))
        world.clock.advance(seconds=waits[-1])

    assert waits == sorted(waits)
    assert 24 <= waits[0] <= 30


def test_a_doorbell_that_rings_too_early_waits_for_the_sweep(world: ReadingWorld) -> None:
    world.reader.before = raising(AwsUnavailable("no"))
    world.clock.advance(seconds=put_back(world) - 1)

    assert world.answer().answer == "not yet due"


def test_a_document_that_stays_hidden_for_days_is_missing(world: ReadingWorld) -> None:
    """S3 answers the same where there is none, to who may list nothing."""
    world.reader.before = raising(AwsRefused("s3", "GetObject", "AccessDenied"))
    began = world.clock()
    while world.job().next_try is not None:
        with suppress(ComeBackLater):
            world.answer()
        world.clock.now = world.job().next_try or world.clock()

    assert world.job().reason is ReadingFailure.DOCUMENT_MISSING
    assert timedelta(days=4) < world.clock() - began < timedelta(days=8)


def test_a_permission_that_comes_back_in_days_costs_no_reading(world: ReadingWorld) -> None:
    world.reader.before = times(20, AwsRefused("s3", "GetObject", "AccessDenied"))
    while world.job().next_try is not None:
        with suppress(ComeBackLater):
            world.answer()
        world.clock.now = world.job().next_try or world.clock()

    assert world.job().status is ReadingJobStatus.DONE


@pytest.mark.parametrize("error", [AwsRefused("kms", "Decrypt", "AccessDenied"), AwsUnavailable("s3")])
def test_what_else_fails_for_weeks_is_tried_again(world: ReadingWorld, error: Exception) -> None:
    world.reader.before = raising(error)
    for _ in range(60):
        put_back(world)
        world.clock.now = world.job().next_try or world.clock()

    assert world.job().status is ReadingJobStatus.WAITING


def test_what_fails_by_a_fault_of_ours_is_given_up_in_the_end(world: ReadingWorld) -> None:
    world.reader.before = raising(ConfinementFailed("the work failed with KeyError"))

    for _ in range(4):
        world.clock.advance(seconds=put_back(world))
    answer = world.answer()

    assert answer.answer == "unreadable"
    assert world.job().reason is ReadingFailure.FAULT_OF_OURS


def test_an_analysis_elsewhere_is_asked_for_again_and_begun_once(world: ReadingWorld) -> None:
    asked: list[str] = []

    def under_way(_document: Any, analysis_id: str) -> None:
        asked.append(analysis_id)
        if len(asked) < 3:
            raise ReadingUnderWay("job-1")

    world.reader.before = under_way

    first = put_back(world)
    world.clock.advance(seconds=first)
    second = put_back(world)
    world.clock.advance(seconds=second)
    answer = world.answer()

    assert asked == ["", "job-1", "job-1"]
    assert (first, second) == (5, 5)
    assert (answer.answer, world.job().analysis_id, world.job().tries) == ("done", "", 0)


def test_an_analysis_is_asked_for_less_often_the_longer_it_takes(world: ReadingWorld) -> None:
    world.reader.before = raising(ReadingUnderWay("job-1"))
    world.clock.advance(hours=2)

    assert put_back(world) == timedelta(minutes=15).total_seconds()


def test_an_analysis_that_is_lost_is_begun_again(world: ReadingWorld) -> None:
    asked: list[str] = []

    def lost_once(_document: Any, analysis_id: str) -> None:
        asked.append(analysis_id)
        if len(asked) < 3:
            raise ReadingUnderWay("job-1" if len(asked) == 1 else "")

    world.reader.before = lost_once

    for _ in range(2):
        world.clock.advance(seconds=put_back(world))
    world.answer()

    assert asked == ["", "job-1", ""]


def test_nothing_is_noted_where_even_that_fails(world: ReadingWorld) -> None:
    fake = world.jobs
    world.jobs = Failing(fake, note=times(1, AwsUnavailable("no")))

    with pytest.raises(AwsUnavailable):
        world.answer()

    assert world.answer().answer == "done"


def calls_of_a_reading() -> int:
    world = ReadingWorld()
    world.imported()
    counter = CallCounter()
    world.answer(counter=counter)
    return counter.count


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("number", range(1, calls_of_a_reading() + 1))
def test_a_reading_killed_at_any_call_is_finished_by_the_next(number: int, after: bool) -> None:
    world = ReadingWorld()
    world.imported()
    with pytest.raises(Killed):
        world.answer(counter=CallCounter(number, after=after))
    world.clock.advance(seconds=LEASE.total_seconds())

    world.answer()

    assert world.job().status is ReadingJobStatus.DONE
    assert world.expense().values["amount"] == "46.00"
    assert world.reading().state is ReadingJobStatus.DONE
