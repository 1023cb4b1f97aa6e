"""The synchronisation through its handler: SQS event in, real SDK and emulated Dropbox, AWS in process."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import datetime
from urllib.parse import unquote

import boto3
import openpyxl

from shared.aws.stores.delivery_tables import DeliveriesItem
from shared.aws.stores.link_rows import backfill_actions
from shared.aws.stores.link_tables import LinkRow
from shared.domain.links import Backfill
from shared.domain.timestamps import to_iso
from tests.integration.document_sync.conftest import COMPANY, Synchronising, link_company


def test_accepted_documents_arrive_byte_identical_in_a_handful_of_calls(synchronising: Synchronising) -> None:
    for number in range(30):
        synchronising.accept(f"expense-{number}", b"photo %d" % number)

    answer = synchronising.ring()

    assert answer == {"batchItemFailures": []}
    assert sorted(synchronising.files().values()) == sorted(b"photo %d" % number for number in range(30))
    assert all(
        path.startswith("/Jenji/2026/03/Alice Martin/2026-03-14 SNCF 84.00 EUR [")
        for path in synchronising.files()
    )
    uploads = [
        record.route for record in synchronising.emulator.calls.records() if "upload_session" in record.route
    ]
    assert len(uploads) <= 3
    assert synchronising.statuses() == [("DELIVERED", None)] * 30


def test_expenses_that_one_file_was_split_into_each_have_it_whole(synchronising: Synchronising) -> None:
    """Alike in everything, and one of them refused: what becomes of one is nothing to the others."""
    for number in range(3):
        status = "REFUSED" if number == 2 else "ACCEPTED"
        synchronising.accept(f"part-{number}", b"three receipts", file="three.pdf", status=status)

    synchronising.ring()

    assert list(synchronising.files().values()) == [b"three receipts"] * 2
    assert len(set(synchronising.files())) == 2
    assert sorted(synchronising.statuses()) == [
        ("CANCELLED", "acceptance_withdrawn"),
        ("DELIVERED", None),
        ("DELIVERED", None),
    ]


def test_the_manifest_proves_the_originals(synchronising: Synchronising) -> None:
    synchronising.accept("expense-1", b"photo")

    synchronising.ring()

    manifest = synchronising.account.read("/Jenji/2026/03/Expenses 2026-03.csv").decode("utf-8-sig")
    [path] = synchronising.files()
    assert path in manifest
    assert hashlib.sha256(b"photo").hexdigest() in manifest


def test_the_months_excel_file_has_dates_numbers_and_links_to_what_lies_beside_it(
    synchronising: Synchronising,
) -> None:
    synchronising.accept("expense-1", b"photo")

    synchronising.ring()

    data = synchronising.account.read("/Jenji/2026/03/Expenses 2026-03.xlsx")
    titles, line = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows()
    cells = dict(zip([title.value for title in titles], line, strict=True))
    [path] = synchronising.files()
    assert cells["Date"].is_date
    assert (cells["Amount"].value, cells["Amount"].data_type) == (84, "n")
    assert cells["File path"].value == path
    beside = unquote(cells["File path"].hyperlink.target).replace("\\", "/")
    assert f"/Jenji/2026/03/{beside}" == path
    assert cells["In Dropbox"].hyperlink.target.startswith("https://www.dropbox.com/home/Jenji/2026/03/")


def test_what_was_refused_meanwhile_never_arrives(synchronising: Synchronising) -> None:
    synchronising.accept("expense-1", b"photo", status="REFUSED")

    synchronising.ring()

    assert synchronising.files() == {}
    assert synchronising.statuses() == [("CANCELLED", "acceptance_withdrawn")]


def test_somebodys_own_file_is_never_overwritten(synchronising: Synchronising) -> None:
    synchronising.accept("expense-1", b"photo")
    synchronising.ring()
    [path] = synchronising.files()
    synchronising.account.write(path, b"somebody's own")
    boto3.resource("dynamodb").Table("deliveries").delete_item(
        Key={
            "company_id": COMPANY,
            "delivery_key": f"{synchronising.account.id}#expense-1#document-of-expense-1",
        }
    )
    synchronising.accept("expense-1", b"photo")

    synchronising.ring()

    assert synchronising.account.read(path) == b"somebody's own"
    assert sorted(synchronising.files().values()) == [b"photo", b"somebody's own"]


def test_a_malformed_doorbell_is_put_back_for_the_dead_letter_queue(synchronising: Synchronising) -> None:
    answer = synchronising.ring(json.dumps({"account_id": "dbid:not-a-company"}))

    assert answer == {"batchItemFailures": [{"itemIdentifier": "message-1"}]}


def test_a_backfill_that_was_asked_for_delivers_what_was_accepted_before_the_link(
    synchronising: Synchronising,
) -> None:
    since = synchronising.clock()
    for number in range(3):
        synchronising.clock.advance(seconds=1)
        synchronising.accept(f"expense-{number}", b"photo %d" % number)
    for row in DeliveriesItem.scan():
        row.delete()
    synchronising.clock.advance(days=30)
    link_company(synchronising, generation=2)
    ask_for_backfill(since)

    synchronising.ring()

    assert sorted(synchronising.files().values()) == [b"photo 0", b"photo 1", b"photo 2"]
    backfill = synchronising.link_row().backfill
    assert backfill is not None
    assert (backfill.expenses, backfill.documents) == (3, 3)
    assert backfill.completed_at == synchronising.clock()


def ask_for_backfill(since: datetime) -> None:
    """What the API leaves on the link."""
    LinkRow(f"company:{COMPANY}").update(
        [
            *backfill_actions(Backfill(since=since, requested_at=since)),
            LinkRow.sync_since.set(to_iso(since)),
        ]
    )
