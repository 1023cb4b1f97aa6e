"""Every file ends visibly under its own name, whatever that is."""

from __future__ import annotations

import pytest

from functions.auto_import.filing import MOST_OF_LABEL
from local.dropbox_emulator.core.refusals import WriteRefused
from shared.domain.plain_text import one_line
from tests.integration.auto_import.conftest import Importing
from tests.integration.auto_import.documents import jpeg
from tests.integration.auto_import.naughty_names import ACCEPTED, REFUSED_BY_DROPBOX, TWINS
from tests.unit.auto_import.drain_world import content_hash


@pytest.fixture(scope="module")
def receipts() -> dict[str, bytes]:
    """A document of its own for each name."""
    return {name: jpeg(f"Receipt {number}") for number, name in enumerate(ACCEPTED)}


def test_a_file_of_any_name_becomes_an_expense_that_shows_its_name(
    importing: Importing, receipts: dict[str, bytes]
) -> None:
    for name, data in receipts.items():
        importing.drop(name, data)

    answer = importing.ring()

    month = f"{importing.clock():%Y-%m}"
    assert answer.reason == "drained"
    assert importing.outcomes() == dict.fromkeys(receipts, "imported")
    assert importing.tree() == {f"Imported/{month}/{name}": data for name, data in receipts.items()}
    documents = [document for expense in importing.expenses() for document in expense.documents]
    assert {(document.name, importing.stored(document.s3_key)) for document in documents} == {
        (one_line(name.rpartition("/")[2], MOST_OF_LABEL), data) for name, data in receipts.items()
    }
    assert {document.s3_key for document in documents} == {
        f"documents/alice/{content_hash(data)}" for data in receipts.values()
    }
    assert importing.composition.services.records.unfiled("alice", importing.account.id) == []


def test_a_file_of_any_name_can_be_rejected_and_be_a_duplicate(importing: Importing) -> None:
    importing.drop("first.jpg", jpeg("the same"))
    importing.ring()
    for number, name in enumerate(ACCEPTED):
        importing.drop(f"bad/{name}", f"<html>{number}</html>".encode())
        importing.drop(f"again/{name}", jpeg("the same"))

    importing.ring()

    assert len(importing.expenses()) == 1
    paths = set(importing.tree())
    assert {f"Rejected/Unsupported type/bad/{name}" for name in ACCEPTED} <= paths
    assert {f"Duplicates/again/{name}" for name in ACCEPTED} <= paths
    assert not [path for path in paths if path.startswith("Auto-Import/")]


@pytest.mark.parametrize(("first", "second"), TWINS)
def test_two_spellings_of_one_name_are_one_file_whose_last_version_is_imported(
    importing: Importing, first: str, second: str
) -> None:
    importing.drop(first, jpeg("one"))
    importing.drop(second, jpeg("two"))

    importing.ring()

    assert importing.tree() == {f"Imported/{importing.clock():%Y-%m}/{first}": jpeg("two")}
    assert importing.outcomes() == {first: "imported"}


@pytest.mark.parametrize(("first", "second"), TWINS[:2])
def test_a_twin_dropped_later_is_filed_beside_the_first(
    importing: Importing, first: str, second: str
) -> None:
    importing.drop(first, jpeg("one"))
    importing.ring()
    importing.drop(second, jpeg("two"))

    importing.ring()

    assert sorted(importing.tree().values()) == sorted([jpeg("one"), jpeg("two")])
    assert list(importing.outcomes().values()) == ["imported", "imported"]


def test_what_dropbox_itself_refuses_never_gets_here(importing: Importing) -> None:
    for name in REFUSED_BY_DROPBOX:
        with pytest.raises(WriteRefused):
            importing.drop(name, b"receipt")
