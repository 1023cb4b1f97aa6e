"""The receipt of a batch: as many lines as files were seen, and what became of each."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import boto3
import pytest

from shared.domain.expenses import ExpenseStatus, part_expense_id
from shared.domain.imports import Outcome, WaitingReason
from shared.domain.links import Backfill, Batch, new_batch_id
from shared.domain.rejections import RejectionReason
from tests.integration.page_api.conftest import BOB, NOW, PageApi

OUTCOMES = (Outcome.IMPORTED, Outcome.IMPORTED, Outcome.DUPLICATE, Outcome.REJECTED)


def receipt_of(api: PageApi, batch_id: str, limit: int = 200) -> tuple[list[Any], list[Any]]:
    """All pages, and all lines."""
    pages = [api.get("/imports/receipt", batch_id=batch_id, limit=limit)]
    while "cursor" in pages[-1]:
        cursor = pages[-1]["cursor"]
        pages.append(api.get("/imports/receipt", batch_id=batch_id, limit=limit, cursor=cursor))
    return pages, [line for page in pages for line in page["lines"]]


def line_of(api: PageApi, batch_id: str) -> Any:
    _, (line,) = receipt_of(api, batch_id)
    return line


def put_expense(api: PageApi, expense_id: str, reading: dict[str, Any], **fields: Any) -> None:
    """The host's row of an expense of Alice's that was read like that."""
    api.put_expense(expense_id, user_id="alice", status=ExpenseStatus.WAITING, **fields)
    boto3.resource("dynamodb").Table("expenses").update_item(
        Key={"expense_id": expense_id},
        UpdateExpression="SET reading = :reading, edited_fields = :edited",
        ExpressionAttributeValues={":reading": reading, ":edited": []},
    )


@pytest.mark.parametrize("limit", [1, 3, 200])
def test_as_many_files_come_out_as_went_in(api: PageApi, limit: int) -> None:
    batch_id = new_batch_id(NOW)
    recorded = [api.record(outcome, batch_id=batch_id) for outcome in OUTCOMES * 3]
    waiting = [api.wait_for(batch_id=batch_id) for _ in range(2)]
    api.record(Outcome.IMPORTED)
    api.link(batch=Batch(batch_id, 15, api.clock(), notified_at=api.clock()), last_clean_listing=NOW)

    pages, lines = receipt_of(api, batch_id, limit)

    batch = pages[0]["batch"]
    counted = Counter(line["outcome"] for line in lines)
    assert (
        batch["seen"] == 15 == batch["imported"] + batch["duplicate"] + batch["rejected"] + batch["under_way"]
    )
    assert counted == {"imported": 6, "duplicate": 3, "rejected": 3, "waiting": pages[0]["waiting"]}
    assert {outcome: batch[outcome] for outcome in ("imported", "duplicate", "rejected")} == {
        outcome: counted[outcome] for outcome in ("imported", "duplicate", "rejected")
    }
    assert batch["under_way"] - pages[0]["waiting"] == 1
    assert sorted(line["name"] for line in lines) == sorted(each.name for each in [*recorded, *waiting])
    assert [page["batch"] for page in pages] == [batch] * len(pages)


def test_a_line_says_what_became_of_its_file(api: PageApi) -> None:
    put_expense(api, "expense-1", {"state": "DONE", "fields": {}}, merchant="SNCF")
    file = api.record(Outcome.IMPORTED, expense_id="expense-1", target="/Imported/2026-11/1.pdf")

    line = line_of(api, file.batch_id)

    assert line["name"] == file.name
    assert (line["outcome"], line["size"], line["content_hash"]) == ("imported", file.size, file.content_hash)
    assert line["filed_as"] == "Imported/2026-11/1.pdf"
    assert line["at"] == api.get("/imports/files")["files"][0]["settled_at"]
    assert [each["expense_id"] for each in line["expenses"]] == ["expense-1"]
    assert line["expenses"][0]["expense"]["merchant"] == "SNCF"


def test_a_rejected_file_and_one_that_waits_say_why_in_the_readers_language(api: PageApi) -> None:
    file = api.record(Outcome.REJECTED, reason=RejectionReason.PASSWORD_PROTECTED)
    api.wait_for(batch_id=file.batch_id, since=file.notified_at, reason=WaitingReason.INCOMPLETE)
    api.link()

    shown = api.get("/imports/receipt", batch_id=file.batch_id, lang="fr")

    waiting, rejected = shown["lines"]
    assert (waiting["outcome"], waiting["reason"]["code"]) == ("waiting", "incomplete")
    assert (rejected["outcome"], rejected["reason"]["code"]) == ("rejected", "password_protected")
    assert "mot de passe" in rejected["reason"]["message"]


@pytest.mark.parametrize(
    ("reading", "shown"),
    [
        ({"state": "WAITING"}, "being_read"),
        ({"state": "DONE", "fields": {}}, "read"),
        ({"state": "DONE", "fields": {"merchant": {"confirmed": False, "source": "ocr"}}}, "to_check"),
        ({"state": "UNREADABLE"}, "failed"),
        ({"state": "WAITING", "by_hand_until": "2026-12-01T00:00:00Z"}, "by_hand"),
    ],
)
def test_it_says_how_each_reading_stands(api: PageApi, reading: dict[str, Any], shown: str) -> None:
    put_expense(api, "expense-1", reading)
    file = api.record(Outcome.IMPORTED, expense_id="expense-1")

    line = line_of(api, file.batch_id)

    assert line["expenses"][0].get("reading") == shown


def test_a_file_that_was_split_is_one_line_with_all_its_expenses(api: PageApi) -> None:
    file = api.record(Outcome.IMPORTED, expense_id="expense-1", split_into=3)
    for number in (1, 2, 3):
        part = {"number": number, "of": 3, "pages": [number - 1]}
        put_expense(api, part_expense_id("expense-1", number), {"state": "DONE", "part": part})

    line = line_of(api, file.batch_id)

    assert [each["expense_id"] for each in line["expenses"]] == [
        part_expense_id("expense-1", number) for number in (1, 2, 3)
    ]
    assert [each["pages"] for each in line["expenses"]] == [[1], [2], [3]]


def test_an_expense_that_is_gone_is_named_and_no_more(api: PageApi) -> None:
    file = api.record(Outcome.IMPORTED, expense_id="expense-1")

    line = line_of(api, file.batch_id)

    assert line["expenses"] == [{"expense_id": "expense-1"}]


def test_two_drops_of_a_batch_have_a_receipt_each(api: PageApi) -> None:
    batch_id = new_batch_id(NOW)
    first = api.record(batch_id=batch_id)
    api.clock.advance(minutes=3)
    second = api.record(batch_id=batch_id)

    lines = [line_of(api, drop_id) for drop_id in (batch_id, f"{batch_id}.2")]

    assert [line["name"] for line in lines] == [first.name, second.name]


def test_a_receipt_that_changes_while_it_is_listed_shows_that(api: PageApi) -> None:
    batch_id = new_batch_id(NOW)
    for _ in range(3):
        api.record(Outcome.IMPORTED, batch_id=batch_id, notified_at=NOW)
    first = api.get("/imports/receipt", batch_id=batch_id, limit=2)
    api.record(Outcome.IMPORTED, batch_id=batch_id, notified_at=NOW)

    later = api.get("/imports/receipt", batch_id=batch_id, limit=2, cursor=first["cursor"])

    assert (first["batch"]["imported"], later["batch"]["imported"]) == (3, 4)
    assert later["made_at"] > first["made_at"]


@pytest.mark.parametrize(
    "batch_id", ["20261122T090000000000-f3fb4c", "20261122T090000000000-f3fb4c.2", "nothing"]
)
def test_of_no_batch_there_is_no_receipt(api: PageApi, batch_id: str) -> None:
    api.link()

    assert api.error("GET /imports/receipt", batch_id=batch_id) == (404, "not_found")


def test_an_open_batch_of_which_nothing_is_recorded_has_one(api: PageApi) -> None:
    batch_id = new_batch_id(NOW)
    api.link(batch=Batch(batch_id, 7, NOW, notified_at=NOW), last_clean_listing=NOW - timedelta(hours=1))

    pages, lines = receipt_of(api, batch_id)

    assert (pages[0]["batch"]["under_way"], pages[0]["waiting"], lines) == (7, 0, [])


def test_a_cursor_is_good_for_its_own_receipt_only(api: PageApi) -> None:
    batch_id = new_batch_id(NOW)
    for _ in range(3):
        api.record(batch_id=batch_id)
    other = api.record()
    cursor = api.get("/imports/receipt", batch_id=batch_id, limit=1)["cursor"]

    refused = api.error("GET /imports/receipt", batch_id=other.batch_id, cursor=cursor)

    assert refused == (400, "invalid_cursor")


def test_a_delivered_document_says_its_size_and_hashes(api: PageApi) -> None:
    api.company_link()
    api.deliver()
    api.fail()

    failed, delivered = api.get("/deliveries", BOB)["deliveries"]

    assert (delivered["size"], delivered["content_hash"], delivered["sha256"]) == (3, "hash", "00")
    assert not {"size", "content_hash", "sha256"} & set(failed)


@pytest.mark.parametrize("limit", [1, 200])
def test_what_a_backfill_delivered_is_listed_by_itself(api: PageApi, limit: int) -> None:
    before = NOW - timedelta(days=30)
    api.deliver("before-the-request", accepted_at=before)
    api.clock.advance(hours=1)
    api.company_link(backfill=Backfill(NOW - timedelta(days=60), api.clock()))
    api.deliver("found", accepted_at=before)
    api.pend("found-and-pending", accepted_at=before)
    api.deliver("too-early", accepted_at=NOW - timedelta(days=90))
    api.deliver("accepted-since")

    found, cursor = [], None
    while cursor != "":
        more = {"cursor": cursor} if cursor else {}
        page = api.get("/deliveries", BOB, of_backfill="true", limit=limit, **more)
        found += [each["expense_id"] for each in page["deliveries"]]
        cursor = page.get("cursor", "")

    assert found == ["found-and-pending", "found"]


def test_without_a_backfill_none_delivered_anything(api: PageApi) -> None:
    api.company_link()
    api.deliver()

    assert api.get("/deliveries", BOB, of_backfill="true")["deliveries"] == []
