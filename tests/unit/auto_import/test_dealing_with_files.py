"""What users do with files that were no new expense: keep a duplicate, delete what was rejected."""

from __future__ import annotations

from collections import Counter

from shared.domain.active_content import ActiveContent
from shared.domain.errors import DropboxRefused
from shared.domain.expenses import ExpenseStatus
from shared.domain.imports import ImportRecord, Outcome, Retry
from testing.fakes.crashing import CallCounter, Killed
from testing.fakes.dropbox import APP_FOLDER
from testing.fakes.failing import Failing, always
from tests.unit.auto_import.drain_world import DrainWorld
from tests.unit.auto_import.test_announcing import calls_of_a_drain

REJECTED = f"{APP_FOLDER}/Rejected/Unsupported type"


def drop_twice(world: DrainWorld) -> ImportRecord:
    """The record of the second."""
    world.drop("lunch.pdf", b"lunch")
    world.answer()
    world.drop("copy.pdf", b"lunch")
    world.answer()
    return next(row for row in world.rows() if row.outcome is Outcome.DUPLICATE)


def keep(world: DrainWorld, duplicate: ImportRecord) -> None:
    assert world.records.request_second(duplicate, world.clock())
    world.visits[duplicate.version] += 1


def check_second(world: DrainWorld) -> None:
    assert Counter(row.outcome for row in world.rows()) == {Outcome.IMPORTED: 2, Outcome.DUPLICATE: 1}
    assert len(world.records.expenses) == 2
    assert not [path for path in world.tree() if path.startswith(("Auto-Import/", "Duplicates/"))]


def test_a_duplicate_that_is_kept_becomes_a_second_expense(world: DrainWorld) -> None:
    duplicate = drop_twice(world)
    keep(world, duplicate)

    world.answer()

    check_second(world)
    assert next(row for row in world.rows() if row.visit_key == duplicate.visit_key).retry is Retry.DONE
    assert len({row.expense_id for row in world.rows() if row.outcome is Outcome.IMPORTED}) == 2


def test_a_third_file_of_that_content_is_a_duplicate_again(world: DrainWorld) -> None:
    keep(world, drop_twice(world))
    world.answer()
    world.drop("another.pdf", b"lunch")

    world.answer()

    assert world.rows()[-1].outcome is Outcome.DUPLICATE
    assert len(world.records.expenses) == 2


def test_the_same_file_dropped_again_is_kept_too(world: DrainWorld) -> None:
    world.drop("lunch.pdf", b"lunch")
    world.answer()
    [path] = world.tree()
    world.move_back(path, "lunch.pdf")
    world.answer()
    duplicate = next(row for row in world.rows() if row.outcome is Outcome.DUPLICATE)
    keep(world, duplicate)

    world.answer()

    check_second(world)


def test_a_second_expense_is_made_once_wherever_the_drain_dies(world: DrainWorld) -> None:
    keep(world, drop_twice(world))
    for number in range(1, 60):
        try:
            world.answer(counter=CallCounter(number))
        except Killed:
            continue
        break

    world.come_to_rest()

    check_second(world)


def test_a_duplicate_that_was_deleted_is_not_kept(world: DrainWorld) -> None:
    duplicate = drop_twice(world)
    assert world.records.request_second(duplicate, world.clock())
    world.account.delete(f"{APP_FOLDER}/Duplicates/copy.pdf")

    world.answer()

    assert len(world.records.expenses) == 1
    assert next(row for row in world.rows() if row.visit_key == duplicate.visit_key).retry is Retry.GONE


def test_a_rejected_file_that_its_user_deletes_is_dealt_with(world: DrainWorld) -> None:
    world.drop("bad.pdf", b"bad 1")
    world.drop("worse.pdf", b"bad 2")
    world.answer()
    world.account.delete(f"{REJECTED}/bad.pdf")

    world.answer()

    assert {row.name: row.retry for row in world.rows()} == {"bad.pdf": Retry.GONE, "worse.pdf": None}


def test_so_is_everything_in_a_folder_that_is_deleted(world: DrainWorld) -> None:
    world.drop("bad.pdf", b"bad")
    world.answer()
    world.account.delete(f"{APP_FOLDER}/Rejected")

    world.answer()

    assert [row.retry for row in world.rows()] == [Retry.GONE]


def test_one_that_was_put_elsewhere_still_wants_attention(world: DrainWorld) -> None:
    world.drop("bad.pdf", b"bad")
    world.answer()
    world.account.move(f"{REJECTED}/bad.pdf", f"{APP_FOLDER}/kept/bad.pdf")

    world.answer()

    assert [row.retry for row in world.rows()] == [None]


def test_where_dropbox_does_not_tell_it_still_wants_attention(world: DrainWorld) -> None:
    world.drop("bad.pdf", b"bad")
    world.answer()
    world.account.delete(f"{REJECTED}/bad.pdf")
    world.dropbox = Failing(world.dropbox, find=always(DropboxRefused("x")))

    world.answer()

    assert [row.retry for row in world.rows()] == [None]


def test_who_has_no_rejected_files_is_asked_for_none(world: DrainWorld) -> None:
    world.drop("lunch.pdf", b"lunch")
    world.answer()

    calls = calls_of_a_drain(world)

    assert calls.count("FakeDropbox.list_files") == 2, "a page, and its end"
    assert "FakeDropbox.find" not in calls


def test_a_deleted_expense_may_be_dropped_again_although_a_second_was_kept(world: DrainWorld) -> None:
    keep(world, drop_twice(world))
    world.answer()
    for stored in world.records.expenses.values():
        stored.status = ExpenseStatus.DELETED
    world.drop("again.pdf", b"lunch")

    world.answer()

    assert world.rows()[-1].outcome is Outcome.IMPORTED


def test_no_file_is_slow_for_having_waited_until_somebody_mended_the_link(world: DrainWorld) -> None:
    world.drop("half.pdf", b"half of it")
    world.answer()
    world.clock.advance(hours=5)
    world.link(world.account)

    world.answer()

    assert [row.seconds < 60 for row in world.rows()] == [True]


def test_active_content_is_a_reason_to_warn_and_none_to_reject(world: DrainWorld) -> None:
    world.drop("script.pdf", b"active")
    world.drop("lunch.pdf", b"lunch")

    world.answer()

    found = {row.name: row.active_content for row in world.rows()}
    assert found == {"script.pdf": (ActiveContent.JAVASCRIPT,), "lunch.pdf": ()}
    assert {row.outcome for row in world.rows()} == {Outcome.IMPORTED}
    documents = [stored.expense.document for stored in world.records.expenses.values()]
    assert {each.name: each.active_content for each in documents} == found
    [event] = world.events.of("ImportBatchSettled")
    assert (event["imported"], event["with_active_content"]) == (2, 1)
