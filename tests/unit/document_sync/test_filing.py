"""A company's choice counts for what comes: what was filed stays, and no document has two places."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest

from shared.domain.audit import AuditAction
from shared.domain.errors import DropboxUnavailable, LinkChanged
from shared.domain.filing.choices import STANDARD, FilingChoice, FilingPart, MonthForm
from shared.domain.host_expenses import HostExpense
from shared.doorbells.received import ComeBackLater
from testing.fakes.crashing import CallCounter, Killed
from testing.fakes.failing import Failing, times
from tests.unit.document_sync.sync_world import LINK_ID, SyncWorld

BY_EMPLOYEE = FilingChoice(
    (FilingPart.EMPLOYEE, FilingPart.YEAR, FilingPart.MONTH), (FilingPart.MERCHANT,), MonthForm.EN
)
OLD, NEW = "/Jenji/2026/03/Alice Martin/", "/Jenji/Alice Martin/2026/03 March/"


def choose(world: SyncWorld, choice: FilingChoice = BY_EMPLOYEE) -> None:
    world.links.choose_filing(world.link_row, choice, by="bob", at=world.clock())


def places(world: SyncWorld) -> dict[bytes, str]:
    """The folder of each document."""
    return {data: f"{path.rpartition('/')[0]}/" for path, data in world.files().items()}


def with_another(world: SyncWorld, expense: HostExpense, data: bytes) -> None:
    """A document that is added to an accepted expense."""
    added = replace(expense, documents=(*expense.documents, *world.expense(data).documents))
    world.stream(world.expenses.put(added))


def test_what_was_filed_stays_and_what_comes_goes_to_the_new_place(world: SyncWorld) -> None:
    world.accept(b"before")
    world.answer()
    choose(world)
    world.accept(b"after")

    world.answer()

    assert places(world) == {b"before": OLD, b"after": NEW}
    assert "SNCF [" in next(path for path, data in world.files().items() if data == b"after")


def test_who_has_never_chosen_files_as_always_and_reads_nothing_more(world: SyncWorld) -> None:
    counter = CallCounter()
    world.accept(b"one", b"two")

    world.answer(counter=counter)

    assert set(places(world).values()) == {OLD}
    assert {row.place.choice for row in world.rows() if row.place} == {None}
    assert not any("of_expense" in call for call in counter.names)


def test_a_document_whose_place_was_stored_goes_there_whatever_was_chosen_since(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.dropbox = Failing(world.dropbox, commit_documents=times(1, DropboxUnavailable("503")))
    with suppress(ComeBackLater):
        world.answer()
    choose(world)

    world.come_to_rest()

    assert places(world) == {b"ticket": OLD}


def test_the_documents_of_one_expense_stay_together(world: SyncWorld) -> None:
    expense = world.accept(b"ticket")
    world.answer()
    choose(world)

    with_another(world, expense, b"its receipt")
    world.answer()

    assert places(world) == {b"ticket": OLD, b"its receipt": OLD}


def test_they_stay_together_also_where_the_usual_was_chosen_again(world: SyncWorld) -> None:
    choose(world)
    expense = world.accept(b"ticket")
    world.answer()
    choose(world, STANDARD)

    with_another(world, expense, b"its receipt")
    world.accept(b"another")
    world.answer()

    assert places(world) == {b"ticket": NEW, b"its receipt": NEW, b"another": OLD}


def test_the_next_name_for_a_place_that_is_taken_follows_the_same_choice(world: SyncWorld) -> None:
    choose(world)
    world.accept(b"ticket")
    world.answer()
    [path] = world.files()
    world.account.delete(path)
    world.account.write(path, b"mine")
    world.others[path] = b"mine"
    [row] = world.rows()
    world.deliveries.rows[row.key] = replace(
        row.made_pending(row.accepted_at, world.clock(), ""), content_hash=None
    )
    choose(world, STANDARD)

    world.answer()

    assert places(world) == {b"ticket": NEW}
    assert world.account.read(path) == b"mine"


def test_a_drain_under_way_stops_at_a_choice_and_the_next_goes_on_by_it(world: SyncWorld) -> None:
    def choose_once(*_given: object, **_named: object) -> None:
        if world.link_row.filing is None:
            choose(world)

    world.accept(b"ticket")
    world.dropbox = Failing(world.dropbox, send_documents=choose_once)

    world.answer()
    stopped = dict(world.files())
    world.accept(b"later")
    world.come_to_rest()

    assert stopped == {}
    assert places(world) == {b"ticket": OLD, b"later": NEW}
    world.check_invariants()


@pytest.mark.parametrize("crash", range(1, 30, 2))
def test_a_drain_that_dies_before_or_after_a_choice_leaves_one_place_for_each_document(
    world: SyncWorld, crash: int
) -> None:
    world.accept(b"one", b"two")
    world.accept(b"three")

    with suppress(Killed):
        world.answer(counter=CallCounter(crash))
    choose(world)
    world.come_to_rest()

    assert sorted(world.files().values()) == [b"one", b"three", b"two"]
    found = places(world)
    assert found[b"one"] == found[b"two"]
    assert set(found.values()) <= {OLD, NEW}


def test_the_list_of_a_month_begun_before_goes_on_where_it_is_and_names_the_new_places(
    world: SyncWorld,
) -> None:
    world.accept(b"before")
    world.answer()
    choose(world)
    world.accept(b"after")
    world.accept(b"april", date=date(2026, 4, 2))

    world.come_to_rest()

    lists = world.manifest_files()
    assert sorted(lists) == ["/Jenji/2026/03/Expenses 2026-03.csv", "/Jenji/Expenses 2026-04.csv"]
    in_excel = sorted(path for path in world.account.tree_contents() if path.endswith(".xlsx"))
    assert in_excel == [path.replace(".csv", ".xlsx") for path in sorted(lists)]
    assert OLD in lists["/Jenji/2026/03/Expenses 2026-03.csv"]
    assert NEW in lists["/Jenji/2026/03/Expenses 2026-03.csv"]


def test_a_choice_is_of_the_generation_that_was_read_and_leaves_a_line(world: SyncWorld) -> None:
    before = world.link_row
    choose(world)

    with pytest.raises(LinkChanged):
        world.links.choose_filing(before, STANDARD, by="carol", at=world.clock())

    [line] = [each for each in world.links.audit_trail if each.action is AuditAction.FILING_CHOSEN]
    assert (line.subject, line.actor, line.filing) == (LINK_ID, "bob", BY_EMPLOYEE.code)
