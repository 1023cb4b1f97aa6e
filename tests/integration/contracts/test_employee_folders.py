"""What the synchronisation may rely on of employees' folders: one each, for good, never two in one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

import pytest
from botocore.exceptions import ClientError

from shared.aws.dynamodb import transaction_connection
from shared.aws.stores.delivery_tables import EmployeeFolderRow
from shared.aws.stores.employee_folders import MAX_FOLDER_LENGTH, EmployeeFolders
from shared.domain.errors import AwsUnavailable
from shared.domain.file_names import folded, utf16_length
from testing.fakes.employee_folders import FakeEmployeeFolders
from tests.integration.contracts.conftest import FAKE
from tests.unit.shared.odd_texts import ODD_TEXTS, why_illegal

TABLE = "employee_folders"


@dataclass
class Folders:
    """As many drains as one likes, over one table."""

    another_drain: Callable[[], EmployeeFolders]

    def folder_for(self, employee_id: str, name: str, company_id: str = "atelier") -> str:
        return self.another_drain().folder_for(company_id, employee_id, name)

    def at_once(self, employees: list[tuple[str, str]]) -> list[str]:
        """Each asked for by a drain of its own, all at the same time."""
        ready = Barrier(len(employees))

        def ask(employee: tuple[str, str]) -> str:
            drain = self.another_drain()
            ready.wait(10)
            return drain.folder_for("atelier", *employee)

        with ThreadPoolExecutor(len(employees)) as threads:
            return list(threads.map(ask, employees))


@pytest.fixture
def folders(kind: str, request: pytest.FixtureRequest) -> Folders:
    if kind == FAKE:
        fake = FakeEmployeeFolders()
        return Folders(lambda: fake)
    request.getfixturevalue("aws")
    return Folders(lambda: EmployeeFolders(TABLE))


def test_a_folder_is_called_after_its_employee(folders: Folders) -> None:
    assert folders.folder_for("alice", "Alice Martin") == "Alice Martin"


def test_a_renamed_employee_keeps_the_folder(folders: Folders) -> None:
    folders.folder_for("alice", "Alice Martin")

    assert folders.folder_for("alice", "Alice Durand") == "Alice Martin"
    assert folders.folder_for("other", "Alice Martin") == "Alice Martin (2)"


def test_homonyms_have_a_folder_each_the_first_the_plain_one(folders: Folders) -> None:
    names = [folders.folder_for(f"alice-{number}", "Alice Martin") for number in range(3)]

    assert names == ["Alice Martin", "Alice Martin (2)", "Alice Martin (3)"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Alice Martin", "ALICE MARTIN"),
        ("Ren\u00e9e", "Rene\u0301e"),
        ("Strauß", "STRAUSS"),
        ("A/B", "A:B"),
        ("Alice", "Al\u200bice\u202e."),
        ("", " . "),
        ("x" * 300, "x" * 301),
    ],
)
def test_names_a_file_system_may_confuse_are_homonyms(folders: Folders, one: str, other: str) -> None:
    first, second = folders.folder_for("one", one), folders.folder_for("other", other)

    assert second.endswith(" (2)")
    assert folded(first) != folded(second)


def test_a_name_that_looks_like_a_numbered_one_is_not_taken_twice(folders: Folders) -> None:
    names = [
        folders.folder_for("one", "Alice (2)"),
        folders.folder_for("two", "Alice"),
        folders.folder_for("three", "alice"),
    ]

    assert names == ["Alice (2)", "Alice", "alice (3)"]


def test_companies_have_nothing_in_common(folders: Folders) -> None:
    folders.folder_for("alice", "Alice Martin", "atelier")

    assert folders.folder_for("alice", "Alice Durand", "bureau") == "Alice Durand"
    assert folders.folder_for("other", "Alice Martin", "bureau") == "Alice Martin"


def test_the_manifest_is_in_no_folders_way(folders: Folders) -> None:
    assert folders.folder_for("eve", "Expenses 2026-03.CSV") == "Expenses 2026-03 CSV"
    assert folders.folder_for("mallory", "Expenses 2026-03.xlsx") == "Expenses 2026-03 xlsx"


def test_any_name_makes_a_legal_folder_of_its_own(folders: Folders) -> None:
    names = [folders.folder_for(f"employee-{number}", text) for number, text in enumerate(ODD_TEXTS)]

    assert [why_illegal(name) for name in names] == [None] * len(names)
    assert len({folded(name) for name in names}) == len(names)
    assert max(map(utf16_length, names)) <= MAX_FOLDER_LENGTH


def test_homonyms_that_come_at_once_have_a_folder_each(folders: Folders) -> None:
    names = folders.at_once([(f"alice-{number}", "Alice Martin") for number in range(6)])

    expected = {"Alice Martin", *(f"Alice Martin ({number})" for number in range(2, 7))}
    assert set(names) == expected
    assert [folders.folder_for(f"alice-{number}", "whatever") for number in range(6)] == names


def test_drains_that_choose_for_one_employee_at_once_agree(folders: Folders) -> None:
    names = folders.at_once([("alice", f"Alice {number}") for number in range(6)])

    assert len(set(names)) == 1
    assert folders.folder_for("alice", "whatever") == names[0]


def test_threads_of_one_drain_agree_too(folders: Folders) -> None:
    drain = folders.another_drain()

    with ThreadPoolExecutor(8) as threads:
        names = set(threads.map(lambda _: drain.folder_for("atelier", "alice", "Alice Martin"), range(32)))

    assert names == {"Alice Martin"}


@pytest.fixture
def calls(aws: object) -> Iterator[list[str]]:
    """The names of the calls made to DynamoDB."""
    made: list[str] = []
    events = transaction_connection().client.meta.events

    def note(model: object, **_: object) -> None:
        made.append(model.name)  # type: ignore[attr-defined]

    events.register("before-call.dynamodb", note)
    yield made
    events.unregister("before-call.dynamodb", note)


def test_what_was_answered_once_costs_no_more_calls(calls: list[str]) -> None:
    folders = EmployeeFolders(TABLE)
    folders.folder_for("atelier", "alice", "Alice Martin")
    first = list(calls)

    folders.folder_for("atelier", "alice", "Alice Durand")

    assert first == ["GetItem", "TransactWriteItems"]
    assert calls == first


def test_another_drain_that_was_faster_is_followed(aws: object) -> None:
    folders, events = EmployeeFolders(TABLE), transaction_connection().client.meta.events

    def be_faster(**_: object) -> None:
        events.unregister("before-call.dynamodb.TransactWriteItems", be_faster)
        EmployeeFolders(TABLE).folder_for("atelier", "alice", "Alice Durand")

    events.register("before-call.dynamodb.TransactWriteItems", be_faster)

    assert folders.folder_for("atelier", "alice", "Alice Martin") == "Alice Durand"
    assert folders.folder_for("atelier", "other", "Alice Martin") == "Alice Martin"


@pytest.mark.parametrize("call", ["GetItem", "TransactWriteItems"])
def test_without_dynamodb_nothing_is_chosen(aws: object, call: str) -> None:
    folders, events = EmployeeFolders(TABLE), transaction_connection().client.meta.events

    def refuse(**_: object) -> None:
        raise ClientError({"Error": {"Code": "InternalServerError", "Message": ""}}, call)

    events.register(f"before-call.dynamodb.{call}", refuse)
    with pytest.raises(AwsUnavailable):
        folders.folder_for("atelier", "alice", "Alice Martin")
    events.unregister(f"before-call.dynamodb.{call}", refuse)

    assert list(EmployeeFolderRow.query("atelier")) == []
    assert folders.folder_for("atelier", "alice", "Alice Martin") == "Alice Martin"
