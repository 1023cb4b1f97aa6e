"""The history of a user's files: batches, files, waiting files, and requests to have some tried again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import boto3
import pytest

from shared.aws.stores.import_tables import ImportRecordRow
from shared.domain.active_content import ActiveContent
from shared.domain.expenses import ExpenseStatus
from shared.domain.imports import ImportRecord, Outcome, Retry, WaitingReason
from shared.domain.links import Batch, LinkStatus, new_batch_id
from shared.domain.rejections import RejectionReason
from shared.doorbells.messages import Doorbell
from tests.http_events import http_event
from tests.integration.page_api.conftest import ALICE, ALICES_ACCOUNT, NOW, REQUEST_ID, PageApi

BATCHES, FILES, RETRIES = "/imports/batches", "/imports/files", "POST /imports/retries"


def all_pages(api: PageApi, route: str, name: str, **query: Any) -> list[Any]:
    """Follow the cursors to the end."""
    items: list[Any] = []
    while True:
        page = api.get(route, **query)
        items += page[name]
        if "cursor" not in page:
            return items
        query["cursor"] = page["cursor"]


def shown_file(api: PageApi, **query: Any) -> Any:
    """The only file there is."""
    (file,) = api.get(FILES, **query)["files"]
    return file


def retry_of(api: PageApi, file: ImportRecord) -> Retry | None:
    row = api.imports.find(file)
    assert row is not None
    return row.retry


def test_batches_come_newest_first_page_by_page(api: PageApi) -> None:
    ids = []
    for size in (1, 2, 3, 1, 2):
        batch_id = new_batch_id(api.clock())
        ids.append(batch_id)
        for _ in range(size):
            api.record(Outcome.IMPORTED, batch_id=batch_id)

    first = api.get(BATCHES, limit=2)

    assert [batch["batch_id"] for batch in first["batches"]] == [ids[4], ids[3]]
    everything = all_pages(api, BATCHES, "batches", limit=2)
    assert [batch["batch_id"] for batch in everything] == ids[::-1]
    assert [batch["imported"] for batch in everything] == [2, 1, 3, 2, 1]
    assert all(batch["is_settled"] for batch in everything)


def test_the_open_batch_comes_first_also_before_anything_is_recorded(api: PageApi) -> None:
    old = api.record(Outcome.IMPORTED)
    api.clock.advance(minutes=20)
    newest = new_batch_id(api.clock())
    api.link(batch=Batch(newest, 7, api.clock()))

    batches = all_pages(api, BATCHES, "batches", limit=1)

    assert [(batch["batch_id"], batch["under_way"]) for batch in batches] == [(newest, 7), (old.batch_id, 0)]


def test_a_file_that_waits_belongs_to_its_batch_however_old(api: PageApi) -> None:
    old = api.record(Outcome.IMPORTED)
    api.wait_for(batch_id=old.batch_id)
    api.record(Outcome.IMPORTED)
    api.link()

    _, batch = api.get(BATCHES)["batches"]

    assert (batch["seen"], batch["under_way"]) == (2, 1)


def test_a_page_of_large_batches_holds_fewer_of_them(api: PageApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("functions.page_api.imports.list_batches.MOST_FILES_COUNTED", 3)
    for _ in range(3):
        batch_id = new_batch_id(api.clock())
        for _ in range(2):
            api.record(Outcome.IMPORTED, batch_id=batch_id)

    page = api.get(BATCHES)

    assert (len(page["batches"]), "cursor" in page) == (2, True)
    assert len(all_pages(api, BATCHES, "batches")) == 3


def test_files_come_the_last_recorded_first_page_by_page(api: PageApi) -> None:
    files = [api.record() for _ in range(7)]

    first = api.get(FILES, limit=3)

    assert [file["name"] for file in first["files"]] == [file.name for file in files[:3:-1]]
    names = [file["name"] for file in all_pages(api, FILES, "files", limit=3)]
    assert names == [file.name for file in files[::-1]]


def test_a_page_that_holds_everything_has_no_cursor(api: PageApi) -> None:
    api.record()

    assert "cursor" not in api.get(FILES)


def test_files_are_chosen_by_batch_and_by_outcome(api: PageApi) -> None:
    batch_id = new_batch_id(NOW)
    imported = api.record(Outcome.IMPORTED, batch_id=batch_id)
    rejected = api.record(Outcome.REJECTED, batch_id=batch_id)
    elsewhere = api.record(Outcome.REJECTED)

    def names(**query: Any) -> list[str]:
        return [file["name"] for file in all_pages(api, FILES, "files", limit=1, **query)]

    assert names(batch_id=batch_id) == [rejected.name, imported.name]
    assert names(outcome="rejected") == [elsewhere.name, rejected.name]
    assert names(batch_id=batch_id, outcome="imported") == [imported.name]
    assert names(batch_id=new_batch_id(NOW)) == []


def test_a_page_that_finds_little_ends_early_and_goes_on(
    api: PageApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.aws.stores.import_history.MOST_LOOKED_AT", 3)
    sought = api.record(Outcome.DUPLICATE)
    for _ in range(5):
        api.record(Outcome.IMPORTED)

    page = api.get(FILES, outcome="duplicate")

    assert (page["files"], "cursor" in page) == ([], True)
    found = all_pages(api, FILES, "files", outcome="duplicate")
    assert [file["name"] for file in found] == [sought.name]


def test_old_batches_are_found_without_reading_all_that_is_newer(
    api: PageApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.aws.stores.import_history.MOST_LOOKED_AT", 3)
    old = api.record()
    for _ in range(9):
        api.record()

    assert [file["name"] for file in api.get(FILES, batch_id=old.batch_id)["files"]] == [old.name]


def test_an_imported_file_is_shown_with_what_its_expense_has_become(api: PageApi) -> None:
    file = api.record(
        Outcome.IMPORTED, expense_id="expense-1", name="Berlin trip/x.jpg", target="/Imported/2026-11/x.jpg"
    )
    api.put_expense("expense-1", status=ExpenseStatus.REIMBURSED, currency=None)

    assert shown_file(api) == {
        "id": shown_file(api)["id"],
        "batch_id": file.batch_id,
        "name": "Berlin trip/x.jpg",
        "size": file.size,
        "outcome": "imported",
        "expense_id": "expense-1",
        "expense": {"status": "REIMBURSED", "merchant": "SNCF", "date": "2026-03-14", "amount": "84.00"},
        "filed_as": "Imported/2026-11/x.jpg",
        "settled_at": "2026-11-22T09:00:01.000000Z",
        "seconds": 2.0,
        "can_retry": False,
        "can_keep": False,
        "can_split": False,
    }


def test_an_expense_says_how_its_document_was_read(api: PageApi) -> None:
    api.record(Outcome.IMPORTED, expense_id="expense-1")
    api.put_expense("expense-1")
    reading = {
        "state": {"S": "DONE"},
        "fields": {"M": {"merchant": {"M": {"confirmed": {"BOOL": False}}}}},
        "possible_duplicate_of": {"S": "expense-2"},
    }
    boto3.client("dynamodb").update_item(
        TableName="expenses",
        Key={"expense_id": {"S": "expense-1"}},
        UpdateExpression="SET reading = :reading, edited_fields = :none",
        ExpressionAttributeValues={":reading": {"M": reading}, ":none": {"L": []}},
    )

    assert shown_file(api)["expense"]["reading"] == {
        "state": "DONE",
        "unconfirmed": ["merchant"],
        "possible_duplicate_of": "expense-2",
        "has_several_documents": False,
    }


@pytest.mark.parametrize(
    ("status", "is_shown"),
    [(ExpenseStatus.WAITING, True), (ExpenseStatus.ACCEPTED, False), (ExpenseStatus.REFUSED, False)],
)
def test_only_an_expense_its_user_works_on_is_said_to_be_read_yet(
    api: PageApi, status: ExpenseStatus, is_shown: bool
) -> None:
    api.record(Outcome.IMPORTED, expense_id="expense-1")
    api.put_expense("expense-1", status=status)
    boto3.client("dynamodb").update_item(
        TableName="expenses",
        Key={"expense_id": {"S": "expense-1"}},
        UpdateExpression="SET reading = :reading",
        ExpressionAttributeValues={":reading": {"M": {"state": {"S": "WAITING"}}}},
    )

    assert ("reading" in shown_file(api)["expense"]) is is_shown


@pytest.mark.parametrize("theirs", [None, {"user_id": "bob"}])
def test_of_an_expense_that_is_gone_or_anothers_nothing_is_shown(api: PageApi, theirs: Any) -> None:
    api.record(Outcome.IMPORTED, expense_id="expense-1")
    if theirs:
        api.put_expense("expense-1", **theirs)

    file = shown_file(api)

    assert file["expense_id"] == "expense-1"
    assert "expense" not in file


def test_a_rejected_file_says_why_in_the_users_language(api: PageApi) -> None:
    api.record(reason=RejectionReason.EMPTY)

    (file,) = api.get(FILES, ALICE | {"locale": "fr"})["files"]

    assert file["reason"]["code"] == "empty"
    assert file["reason"]["message"].startswith("Ce fichier est vide")


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0},
        {"limit": 201},
        {"limit": "many"},
        {"limit": "1_0"},
        {"limit": "5.0"},
        {"limit": "+5"},
        {"limit": "\u0663"},
        {"limit": " 5"},
        {"limit": ""},
        {"outcome": "lost"},
        {"batch_id": "#"},
        {"batch_id": ""},
        {"batch_id": "a" * 65},
    ],
)
def test_what_is_not_as_documented_is_refused(api: PageApi, query: dict[str, Any]) -> None:
    assert api.error(f"GET {FILES}", **query) == (400, "invalid_request")


@pytest.mark.parametrize(
    "query", ["limit=1&limit=2", "outcome=imported&outcome=rejected", "cursor=a&cursor=b"]
)
def test_what_is_said_twice_is_refused(api: PageApi, query: str) -> None:
    answer = api.answer(http_event(f"GET {FILES}", query=query, claims=ALICE))

    assert answer["statusCode"] == 400


def test_waiting_files_come_the_longest_waiting_first(api: PageApi) -> None:
    api.link()
    api.wait_for(name="new.pdf", reason=WaitingReason.INCOMPLETE)
    api.wait_for(name="old.pdf", since=NOW - timedelta(days=2), reason=WaitingReason.CANNOT_BE_MOVED)

    old, new = api.get("/imports/waiting")["files"]

    assert (old["name"], old["is_stuck"], old["reason"]["code"]) == ("old.pdf", True, "cannot_be_moved")
    assert (new["name"], new["is_stuck"], new["reason"]["code"]) == ("new.pdf", False, "incomplete")
    assert (new["tries"], new["next_try"]) == (1, "2026-11-22T10:00:00.000000Z")


def test_nothing_waits_where_nothing_is_linked(api: PageApi) -> None:
    api.wait_for()

    assert api.get("/imports/waiting") == {"files": []}


def test_a_rejected_file_is_tried_again(api: PageApi) -> None:
    api.link()
    file = api.record(name="Berlin trip/x.jpg")

    answer = api.call(RETRIES, body={"file": shown_file(api)["id"]})

    assert answer == (202, {"requested": 1})
    assert shown_file(api)["retry"] == "requested"
    (request,) = api.imports.outstanding("alice", ALICES_ACCOUNT).retries
    assert (request.file_id, request.visit_key, request.name) == (
        file.file_id,
        file.visit_key,
        "Berlin trip/x.jpg",
    )
    assert api.aws.doorbells() == [Doorbell(ALICES_ACCOUNT, correlation_id=REQUEST_ID)]
    assert api.get("/links")["links"][0]["counts"]["rejected"] == 0


def test_a_request_is_no_waiting_file(api: PageApi) -> None:
    api.link()
    api.record()

    api.call(RETRIES, body={"all": True})

    assert api.get("/imports/waiting") == {"files": []}


def test_all_rejected_files_are_tried_again_together(api: PageApi) -> None:
    api.link()
    files = [api.record() for _ in range(60)]
    api.record(Outcome.IMPORTED)
    unfiled = api.record(is_filed=False)
    elsewhere = api.record(account_id="dbid:before")

    answer = api.call(RETRIES, body={"all": True})

    assert answer == (202, {"requested": 60})
    assert {retry_of(api, file) for file in files} == {Retry.REQUESTED}
    assert (retry_of(api, unfiled), retry_of(api, elsewhere)) == (None, None)
    assert len(api.aws.doorbells()) == 1
    assert api.call(RETRIES, body={"all": True}) == (202, {"requested": 0})
    assert api.aws.doorbells() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"outcome": Outcome.IMPORTED},
        {"outcome": Outcome.DUPLICATE},
        {"is_filed": False},
        {"account_id": "dbid:before"},
    ],
)
def test_what_is_not_rejected_and_filed_is_not_tried_again(api: PageApi, changes: dict[str, Any]) -> None:
    api.link()
    file = api.record(**changes)

    refused = api.error(RETRIES, body={"file": shown_file(api)["id"]})

    assert refused == (409, "not_retryable")
    assert retry_of(api, file) is None
    assert api.aws.doorbells() == []


def test_a_file_is_asked_for_once(api: PageApi) -> None:
    api.link()
    api.record()
    file_id = shown_file(api)["id"]
    api.call(RETRIES, body={"file": file_id})

    assert api.error(RETRIES, body={"file": file_id}) == (409, "not_retryable")


@pytest.mark.parametrize(
    "file_id", ["nonsense", "~", "W10", "WyJhIl0", "W251bGxd", "WyJhIiwiYiJd", "WyJcdWQ4MDAiXQ"]
)
def test_an_id_of_nothing_finds_nothing(api: PageApi, file_id: str) -> None:
    api.link()

    assert api.error(RETRIES, body={"file": file_id}) == (404, "not_found")


@pytest.mark.parametrize("status", [LinkStatus.RECONNECT, LinkStatus.UNLINKED, LinkStatus.SUSPENDED])
def test_nothing_is_tried_again_through_a_link_that_does_not_work(api: PageApi, status: LinkStatus) -> None:
    api.link(status=status)
    api.record()

    assert api.error(RETRIES, body={"all": True}) == (409, "not_linked")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"all": False},
        {"all": "true"},
        {"all": 1},
        {"file": 7},
        {"file": ""},
        {"file": "a", "all": True},
        [],
    ],
)
def test_a_request_that_cannot_be_understood_is_refused(api: PageApi, body: object) -> None:
    api.link()

    assert api.error(RETRIES, body=body) == (400, "invalid_request")


def test_a_doorbell_that_cannot_be_rung_is_left_to_the_sweep(api: PageApi) -> None:
    api.link(next_due=NOW + timedelta(hours=6))
    api.record()
    api.aws.sqs.delete_queue(QueueUrl=api.aws.queue_url)

    answer = api.call(RETRIES, body={"all": True})

    assert answer == (202, {"requested": 1})
    link = api.links.get("user:alice")
    assert link is not None
    assert link.next_due == api.clock()


def test_a_row_of_an_earlier_release_without_the_newer_attributes_is_shown(api: PageApi) -> None:
    file = api.record()
    ImportRecordRow("alice", file.visit_key).update(
        [ImportRecordRow.rejected.remove(), ImportRecordRow.correlation_id.remove()]
    )

    assert shown_file(api)["name"] == file.name


def test_a_file_with_active_content_says_so_in_the_readers_language(api: PageApi) -> None:
    api.record(Outcome.IMPORTED, active_content=(ActiveContent.LAUNCH,))

    english, french = (shown_file(api, lang=lang)["active_content"] for lang in ("en", "fr"))

    assert english["kinds"] == french["kinds"] == ["launch"]
    assert english["message"] == "This document contains active content: open it with care."
    assert french["message"] == "Ce document contient du contenu actif : ouvrez-le avec précaution."
