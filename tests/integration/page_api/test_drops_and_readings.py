"""A drop is a drop, and what was read changes what the page watches."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import boto3

from shared.aws.stores.reading_job_rows import to_reading_job_row
from shared.aws.stores.reading_job_store import ReadingJobStore
from shared.domain.expenses import ExpenseStatus
from shared.domain.imports import ImportRecord, Outcome, ReadingNote
from shared.domain.links import Batch, new_batch_id
from shared.domain.reading_jobs import ReadingJobStatus, new_reading_job
from tests.integration.page_api.conftest import NOW, PageApi


def own_batch(api: PageApi) -> Any:
    return api.get("/links")["links"][0]["batch"]


def imported(api: PageApi, expense_id: str, **changes: Any) -> ImportRecord:
    row = api.record(Outcome.IMPORTED, expense_id=expense_id, reading=ReadingNote.WAITING, **changes)
    to_reading_job_row(new_reading_job("alice", expense_id, api.clock(), row.visit_key)).save()
    return row


def have_read(api: PageApi, expense_id: str, note: ReadingNote) -> None:
    store = ReadingJobStore("reading_jobs", import_records_table="records")
    job = store.get("alice", expense_id)
    assert job is not None
    store.finish(job, ReadingJobStatus.DONE, None, "", api.clock(), note=note)


def put_read_expense(api: PageApi, expense_id: str, *, edited: tuple[str, ...] = ()) -> None:
    """The host's row of an expense whose merchant was guessed."""
    api.put_expense(expense_id, user_id="alice", status=ExpenseStatus.WAITING)
    boto3.resource("dynamodb").Table("expenses").update_item(
        Key={"expense_id": expense_id},
        UpdateExpression="SET reading = :reading, edited_fields = :edited",
        ExpressionAttributeValues={
            ":reading": {"state": "DONE", "fields": {"merchant": {"confirmed": False, "source": "ocr"}}},
            ":edited": list(edited),
        },
    )


def test_the_newest_drop_is_counted_by_itself(api: PageApi) -> None:
    batch_id = new_batch_id(NOW)
    api.record(Outcome.IMPORTED, batch_id=batch_id)
    api.clock.advance(minutes=3)
    for _ in range(2):
        api.record(Outcome.IMPORTED, batch_id=batch_id)
    api.link(batch=Batch(batch_id, 5, api.clock(), notified_at=api.clock()), last_clean_listing=NOW)

    newest = own_batch(api)

    assert (newest["batch_id"], newest["seen"], newest["imported"]) == (f"{batch_id}.2", 4, 2)
    listed = api.get("/imports/batches")["batches"]
    assert [(each["batch_id"], each["seen"]) for each in listed] == [(f"{batch_id}.2", 4), (batch_id, 1)]


def test_files_that_have_just_come_are_a_drop_before_the_first_of_them_ended(api: PageApi) -> None:
    batch_id = new_batch_id(NOW)
    api.record(Outcome.IMPORTED, batch_id=batch_id)
    api.clock.advance(minutes=3)
    api.link(batch=Batch(batch_id, 201, api.clock(), notified_at=api.clock()), last_clean_listing=NOW)

    newest = own_batch(api)

    assert (newest["seen"], newest["under_way"], newest["seconds"]) == (200, 200, None)


def test_drops_are_listed_page_by_page_and_have_their_own_files(api: PageApi) -> None:
    batch_id = new_batch_id(NOW)
    names = []
    for _ in range(3):
        names.append(api.record(Outcome.IMPORTED, batch_id=batch_id).name)
        api.clock.advance(minutes=2)
    ids: list[str] = []
    query: dict[str, Any] = {"limit": 1}
    while True:
        page = api.get("/imports/batches", **query)
        ids += [batch["batch_id"] for batch in page["batches"]]
        if "cursor" not in page:
            break
        query["cursor"] = page["cursor"]

    assert ids == [f"{batch_id}.3", f"{batch_id}.2", batch_id]
    files = [api.get("/imports/files", batch_id=each)["files"] for each in ids]
    assert [[file["name"] for file in some] for some in files] == [[name] for name in reversed(names)]
    assert api.get("/imports/files", batch_id=f"{batch_id}.4")["files"] == []


def test_what_is_being_read_is_counted_until_it_is_read(api: PageApi) -> None:
    batch_id = new_batch_id(NOW)
    imported(api, "expense-1", batch_id=batch_id)
    imported(api, "expense-2", batch_id=batch_id)
    api.link()
    before = own_batch(api)

    have_read(api, "expense-1", ReadingNote.READ)

    assert (before["being_read"], before["is_settled"]) == (2, True)
    assert own_batch(api)["being_read"] == 1
    assert api.get("/links")["links"][0]["poll_after_seconds"] == 2


def test_what_was_dropped_before_is_counted_beside_until_it_is_read(api: PageApi) -> None:
    batch_id = new_batch_id(NOW)
    imported(api, "expense-1", batch_id=batch_id)
    imported(api, "expense-2", batch_id=batch_id)
    api.clock.advance(minutes=3)
    api.record(Outcome.DUPLICATE, batch_id=batch_id)
    api.link()
    before, hurry = own_batch(api), api.get("/links")["links"][0]["poll_after_seconds"]

    have_read(api, "expense-1", ReadingNote.READ)
    between = own_batch(api)
    have_read(api, "expense-2", ReadingNote.READ)

    assert (before["seen"], before["being_read"], before["being_read_before"]) == (1, 0, 2)
    assert hurry == 2
    assert between["being_read_before"] == 1
    assert "being_read_before" not in own_batch(api)
    assert all("being_read_before" not in each for each in api.get("/imports/batches")["batches"])


def test_a_reading_that_does_not_end_is_not_asked_for_in_haste_for_ever(api: PageApi) -> None:
    imported(api, "expense-1")
    api.link()
    api.clock.advance(hours=1)

    assert api.get("/links")["links"][0]["poll_after_seconds"] == 30


def test_what_is_to_be_checked_is_counted_as_the_host_has_it_now(api: PageApi) -> None:
    batch_id = new_batch_id(NOW)
    for expense_id in ("expense-1", "expense-2"):
        imported(api, expense_id, batch_id=batch_id)
        put_read_expense(api, expense_id)
        have_read(api, expense_id, ReadingNote.TO_CHECK)
    api.link()
    before = own_batch(api)["to_check"]

    put_read_expense(api, "expense-1", edited=("merchant",))

    assert (before, own_batch(api)["to_check"]) == (2, 1)
    assert api.get("/links")["links"][0]["counts"]["to_check"] == 1


def test_what_waits_for_a_quota_is_to_be_filled_in_and_not_being_read(api: PageApi) -> None:
    imported(api, "expense-1", batch_id=new_batch_id(NOW))
    hold_back(api, "expense-1")
    api.link()

    newest = own_batch(api)

    assert (newest["being_read"], newest["to_check"]) == (0, 1)


def hold_back(api: PageApi, expense_id: str) -> None:
    """As the reading leaves it: a job that waits, and an expense that says so."""
    store = ReadingJobStore("reading_jobs", import_records_table="records")
    job = store.get("alice", expense_id)
    assert job is not None
    store.hold_back(job, api.clock() + timedelta(days=1))
    reading = {"state": "WAITING", "by_hand_until": "2026-11-28"}
    boto3.resource("dynamodb").Table("expenses").put_item(
        Item={"expense_id": expense_id, "user_id": "alice", "status": "WAITING", "reading": reading}
    )


def test_a_history_that_was_forgotten_keeps_no_reading_from_its_end(api: PageApi) -> None:
    job = new_reading_job("alice", "expense-1", NOW, "batch#id:1#hash#0001")
    to_reading_job_row(job).save()

    have_read(api, "expense-1", ReadingNote.READ)

    found = ReadingJobStore("reading_jobs").get("alice", "expense-1")
    assert found is not None
    assert found.status is ReadingJobStatus.DONE


def test_a_duplicate_names_the_first_and_its_day(api: PageApi) -> None:
    api.put_expense("expense-1", user_id="alice", created_at=NOW - timedelta(days=3))
    api.record(Outcome.DUPLICATE, expense_id="expense-1")
    api.link()

    (file,) = api.get("/imports/files")["files"]

    assert file["same_as"]["expense_id"] == "expense-1"
    assert (file["same_as"]["merchant"], file["same_as"]["name"]) == ("SNCF", "train.pdf")
    assert file["same_as"]["created_at"] == "2026-11-19T09:00:00.000000Z"
    assert file["can_keep"] is True


def look_alike(api: PageApi, expense_id: str, other: str) -> None:
    """The reading of one expense found another."""
    api.put_expense(expense_id, user_id="alice", status=ExpenseStatus.WAITING)
    boto3.resource("dynamodb").Table("expenses").update_item(
        Key={"expense_id": expense_id},
        UpdateExpression="SET reading = :reading",
        ExpressionAttributeValues={":reading": {"state": "DONE", "possible_duplicate_of": other}},
    )


def test_what_looks_like_another_names_that_one(api: PageApi) -> None:
    api.put_expense("expense-9", user_id="alice", merchant="Café")
    look_alike(api, "expense-1", "expense-9")
    api.record(Outcome.IMPORTED, expense_id="expense-1")

    (file,) = api.get("/imports/files")["files"]

    assert (file["same_as"]["expense_id"], file["same_as"]["merchant"]) == ("expense-9", "Café")


def test_what_looks_like_anothers_expense_is_not_shown(api: PageApi) -> None:
    api.put_expense("expense-9", user_id="bob")
    look_alike(api, "expense-1", "expense-9")
    api.record(Outcome.IMPORTED, expense_id="expense-1")

    (file,) = api.get("/imports/files")["files"]

    assert "same_as" not in file
