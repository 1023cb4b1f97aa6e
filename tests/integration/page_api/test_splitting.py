"""An expense of each document in a file: offered, asked for, made once, and told; never over a user's head."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest

from functions.document_reading.job.prefill_expense import filling_of
from functions.document_reading.reading.model import PageWords
from functions.document_reading.reading.read_pages import read_pages
from functions.page_api.imports.split_file import SplitFile
from shared.aws.host.expense_reader import ExpenseReader
from shared.aws.host.expense_readings import ExpenseReadings
from shared.aws.stores.event_outbox import EventOutbox
from shared.aws.stores.file_splits import FileSplits
from shared.domain.errors import RequestRefused
from shared.domain.expenses import (
    NewExpense,
    SupportingDocument,
    User,
    document_id_for,
    expense_id_for,
    part_expense_id,
)
from shared.domain.host_events import HostEvent
from shared.domain.imports import ImportRecord, Outcome, ReadingNote, Reservation
from shared.domain.links import Batch, LinkStatus, new_batch_id
from shared.domain.previews import Preview, PreviewPage
from shared.http.host_session import HostSession
from testing.event_schemas import check
from testing.fakes.crashing import CallCounter, Killed
from tests.integration.page_api.conftest import ALICE, ALICES_ACCOUNT, BOB, PageApi
from tests.integration.real_stores import erasable_records, import_history
from tests.unit.document_reading.papers.typewriter import typed
from tests.unit.shared.test_host_contract import check as check_host_row

SPLITS = "POST /imports/splits"
PAPERS = [
    "Boulangerie Duval\n75019 Paris\nDate : 14/11/2026\nTotal HT   10,00\nTVA 20 %   2,00\nTotal TTC  12,00 EUR",
    "Garage Moreau SARL\n69002 Lyon\nDate : 15/11/2026\nTotal HT   50,00\nTVA 20 %  10,00\nTotal TTC  60,00 EUR",
    "Hôtel Kléber\n67000 Strasbourg\nDate : 16/11/2026\nTotal HT  100,00\nTVA 10 %  10,00\nTotal TTC 110,00 EUR",
]
TOTALS = [Decimal("12.00"), Decimal("60.00"), Decimal("110.00")]
CONTENT = "c0" * 32
FIRST = expense_id_for("alice", CONTENT, 1)
ALL = [part_expense_id(FIRST, number) for number in (1, 2, 3)]
PICTURED = (PreviewPage(0, 704, 995), PreviewPage(2, 704, 995))
SESSION = HostSession("alice", "atelier", "employee", "team", "en")


def numbered(texts: list[str]) -> list[PageWords]:
    return [replace(typed(text), number=number) for number, text in enumerate(texts)]


def imported(
    api: PageApi, papers: list[str] = PAPERS, pictured: tuple[PreviewPage, ...] = PICTURED
) -> ImportRecord:
    """A file of these pages, imported and read; of some there are pictures."""
    now = api.clock()
    user = User("alice", "atelier", "Alice Martin", "en", active=True)
    document = SupportingDocument(
        document_id_for(FIRST), f"documents/alice/{CONTENT}", "0" * 64, "three.pdf", "application/pdf", 5
    )
    record = ImportRecord(
        "alice",
        new_batch_id(now),
        ALICES_ACCOUNT,
        "id:1",
        CONTENT,
        1,
        "three.pdf",
        5,
        Outcome.IMPORTED,
        "/Imported/three.pdf",
        notified_at=now - timedelta(seconds=1),
        recorded_at=now,
        expense_id=FIRST,
        reading=ReadingNote.TO_CHECK,
    )
    reservation = Reservation("alice", CONTENT, FIRST, 1, "id:1")
    api.imports.record_import(NewExpense(FIRST, user, "Trip", document, now), reservation, None, record)
    expenses = ExpenseReadings("expenses")
    expense = expenses.get(FIRST)
    assert expense is not None
    reading = read_pages(numbered(papers), country=None)
    preview = Preview(len(papers), pictured) if pictured else None
    expenses.fill(expense, filling_of(expense, reading, duplicates=[None] * 3, preview=preview, now=now))
    return record


def shown(api: PageApi) -> Any:
    [file] = api.get("/imports/files")["files"]
    return file


def rows(api: PageApi) -> dict[str, dict[str, Any]]:
    items = boto3.resource("dynamodb").Table("expenses").scan()["Items"]
    return {item["expense_id"]: item for item in items}


def change(**values: Any) -> None:
    """What the host does to the expense."""
    table = boto3.resource("dynamodb").Table("expenses")
    names = {f"#{number}": name for number, name in enumerate(values)}
    table.update_item(
        Key={"expense_id": FIRST},
        UpdateExpression="SET " + ", ".join(f"{alias} = :{alias[1:]}" for alias in names),
        ExpressionAttributeNames=names,
        ExpressionAttributeValues={f":{number}": value for number, value in enumerate(values.values())},
    )


def test_what_a_file_of_several_would_become_is_shown(api: PageApi) -> None:
    api.link()
    imported(api)

    file = shown(api)

    assert file["can_split"]
    assert file["expense"]["reading"]["has_several_documents"]
    assert [(each["pages"], each["expense"]["amount"]) for each in file["documents"]] == [
        ([1], "12.00"),
        ([2], "60.00"),
        ([3], "110.00"),
    ]


def test_each_document_becomes_an_expense_with_the_file_whole(api: PageApi) -> None:
    api.link()
    imported(api)
    before = rows(api)[FIRST]

    answer = api.call(SPLITS, body={"file": shown(api)["id"]})

    assert answer == (200, {"expense_ids": ALL})
    made = [rows(api)[expense_id] for expense_id in ALL]
    assert [row["amount"] for row in made] == ["12.00", "60.00", "110.00"]
    assert [row["date"] for row in made] == ["2026-11-14", "2026-11-15", "2026-11-16"]
    assert [row["reading"]["part"]["pages"] for row in made] == [[0], [1], [2]]
    assert all("parts" not in row["reading"] and "contradictions" not in row["reading"] for row in made)
    assert {row["status"] for row in made} == {"WAITING"}
    assert {(row["user_id"], row["company_id"], row["label"]) for row in made} == {
        ("alice", "atelier", "Trip")
    }
    documents = [row["documents"][0] for row in made]
    assert made[0]["documents"] == before["documents"]
    assert len({document["document_id"] for document in documents}) == 3
    assert len({(document["s3_key"], document["sha256"], document["size"]) for document in documents}) == 1
    assert [document["document_id"] for document in documents] == [document_id_for(each) for each in ALL]


def test_the_rows_are_as_agreed_with_the_host(api: PageApi) -> None:
    api.link()
    imported(api)
    stored = boto3.client("dynamodb").scan(TableName="expenses")["Items"]
    api.call(SPLITS, body={"file": shown(api)["id"]})

    stored += boto3.client("dynamodb").scan(TableName="expenses")["Items"]

    assert len(stored) == 4
    for row in stored:
        check_host_row("expense", row)


def test_the_history_then_shows_each_expense(api: PageApi) -> None:
    api.link()
    imported(api)

    api.call(SPLITS, body={"file": shown(api)["id"]})

    file = shown(api)
    assert not file["can_split"]
    assert [each["expense_id"] for each in file["documents"]] == ALL
    assert [each["pages"] for each in file["documents"]] == [[1], [2], [3]]
    assert [Decimal(each["expense"]["amount"]) for each in file["documents"]] == TOTALS
    assert api.get("/imports/files", search="kléber")["files"] == [file]


def test_each_expense_shows_the_pictures_of_its_own_pages_of_the_file(api: PageApi) -> None:
    api.link()
    imported(api)
    api.call(SPLITS, body={"file": shown(api)["id"]})

    previews = [api.get("/imports/preview", expense_id=expense_id) for expense_id in ALL]

    keys = [
        [urlsplit(page["url"]).path.rpartition("/previews/")[2] for page in each["pages"]]
        for each in previews
    ]
    assert keys == [[f"alice/{FIRST}/0.jpg"], [], [f"alice/{FIRST}/2.jpg"]]
    assert [each.get("why_none", {}).get("code") for each in previews] == [None, "not_made", None]
    places = [value["place"]["page"] for value in previews[2]["values"] if "place" in value]
    assert set(places) == {previews[2]["pages"][0]["page"]} == {3}
    assert previews[2]["page_count"] == 3


def test_nobody_else_sees_them(api: PageApi) -> None:
    api.link()
    imported(api)
    api.call(SPLITS, body={"file": shown(api)["id"]})

    assert api.error("GET /imports/preview", BOB, expense_id=ALL[2]) == (404, "not_found")


def test_asked_again_it_answers_the_same_and_makes_no_more(api: PageApi) -> None:
    api.link()
    imported(api)
    file_id = shown(api)["id"]

    answers = [api.call(SPLITS, body={"file": file_id}) for _ in range(3)]

    assert answers == [(200, {"expense_ids": ALL})] * 3
    assert sorted(rows(api)) == sorted(ALL)


def test_the_host_is_told_once(api: PageApi) -> None:
    api.link()
    imported(api)
    file_id = shown(api)["id"]

    for _ in range(2):
        api.call(SPLITS, body={"file": file_id})

    outbox = EventOutbox("links")
    events = [outbox.get(each, "sweep-1") for each in outbox.due_ids(api.clock()) if "split#" in each]
    [event] = events
    assert isinstance(event, HostEvent)
    check(event)
    assert (event.detail["expense_id"], event.detail["other_expense_ids"]) == (ALL[0], ALL[1:])


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"status": "ACCEPTED"}, id="accepted"),
        pytest.param({"status": "REFUSED"}, id="refused"),
        pytest.param({"status": "DELETED"}, id="deleted"),
        pytest.param({"edited_fields": ["merchant"]}, id="edited"),
        pytest.param({"merchant": "Lunch"}, id="another value"),
        pytest.param({"amount": ""}, id="an emptied value"),
        pytest.param({"documents": []}, id="its document taken away"),
        pytest.param({"user_id": "bob"}, id="given to somebody else"),
        pytest.param({"reading": {"state": "DONE"}}, id="read as one"),
    ],
)
@pytest.mark.parametrize("is_late", [False, True], ids=["before it is asked", "while it is asked"])
def test_what_its_user_or_the_host_has_touched_is_not_split(
    api: PageApi, values: dict[str, Any], is_late: bool
) -> None:
    api.link()
    imported(api)
    file_id = shown(api)["id"]
    use_case = _use_case(api, before_split=(lambda: change(**values)) if is_late else lambda: None)
    if not is_late:
        change(**values)
    touched = rows(api) if not is_late else None

    with pytest.raises(RequestRefused, match="not_splittable"):
        use_case(SESSION, file_id)

    assert sorted(rows(api)) == [FIRST]
    assert touched is None or rows(api) == touched
    assert not shown(api)["can_split"]


def test_the_refusal_says_so_to_people(api: PageApi) -> None:
    api.link()
    imported(api)
    file_id = shown(api)["id"]
    change(edited_fields=["merchant"])

    assert api.error(SPLITS, body={"file": file_id}) == (409, "not_splittable")


def test_one_document_is_not_split(api: PageApi) -> None:
    api.link()
    imported(api, PAPERS[:1])
    file = shown(api)

    assert (file["can_split"], "documents" in file) == (False, False)
    assert api.error(SPLITS, body={"file": file["id"]}) == (409, "not_splittable")


def test_nobody_splits_anothers(api: PageApi) -> None:
    api.link()
    imported(api)
    file_id = shown(api)["id"]
    api.link(link_id="user:bob", user_id="bob", account_id="dbid:bob")

    assert api.error(SPLITS, BOB, body={"file": file_id}) == (404, "not_found")
    assert sorted(rows(api)) == [FIRST]


def test_what_is_unlinked_is_not_split(api: PageApi) -> None:
    api.link(status=LinkStatus.UNLINKED)
    imported(api)

    assert api.error(SPLITS, ALICE, body={"file": shown(api)["id"]}) == (409, "not_linked")


@pytest.mark.parametrize("is_after", [False, True], ids=["before", "after"])
def test_killed_at_any_call_it_has_done_all_or_nothing_and_is_done_by_the_next(
    api: PageApi, is_after: bool
) -> None:
    api.link()
    imported(api)
    file_id = shown(api)["id"]

    died = 0
    for number in range(1, 20):
        with suppress(Killed):
            _use_case(api, counter=CallCounter(number, after=is_after))(SESSION, file_id)
            break
        died += 1
        assert len(rows(api)) in {1, 3}

    assert died >= 3
    assert _use_case(api)(SESSION, file_id) == tuple(ALL)
    assert sorted(rows(api)) == sorted(ALL)


def test_of_two_calls_that_meet_one_splits_and_both_are_told(api: PageApi) -> None:
    api.link()
    imported(api)
    file_id = shown(api)["id"]
    answers: list[tuple[str, ...]] = []
    late = _use_case(api, before_split=lambda: answers.append(_use_case(api)(SESSION, file_id)))

    answers.append(late(SESSION, file_id))

    assert answers == [tuple(ALL), tuple(ALL)]
    assert sorted(rows(api)) == sorted(ALL)


def test_an_erasure_knows_of_every_expense_even_where_the_host_has_deleted_them(api: PageApi) -> None:
    api.link()
    imported(api)
    api.call(SPLITS, body={"file": shown(api)["id"]})
    records = erasable_records()

    assert set(ALL) <= records.expense_ids_of("alice", lambda: None)


def test_what_is_to_be_checked_is_counted_over_all_of_them(api: PageApi) -> None:
    api.link()
    batch_id = imported(api).batch_id
    api.link(batch=Batch(batch_id, 1, api.clock()), last_clean_listing=None)
    api.call(SPLITS, body={"file": shown(api)["id"]})

    batch = api.get("/links")["links"][0]["batch"]

    unsure = sum(bool(each["expense"]["reading"]["unconfirmed"]) for each in shown(api)["documents"])
    assert (batch["seen"], batch["imported"]) == (1, 1)
    assert batch["to_check"] == unsure > 1


def _use_case(
    api: PageApi, *, counter: CallCounter | None = None, before_split: Callable[[], object] = lambda: None
) -> SplitFile:
    wrap = counter.wrap if counter else lambda collaborator: collaborator
    splits = FileSplits(expenses_table="expenses", import_records_table="records", links_table="links")
    history = import_history()
    expenses = ExpenseReader("expenses")
    return SplitFile(
        wrap(api.links), wrap(history), wrap(expenses), wrap(_Late(splits, before_split)), api.clock
    )


class _Late:
    """Splits once something else has happened."""

    def __init__(self, splits: FileSplits, before: Callable[[], object]) -> None:
        self._splits = splits
        self._before = before

    def split(self, *args: Any) -> bool:
        self._before()
        return self._splits.split(*args)
