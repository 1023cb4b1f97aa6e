"""Receipts: as many lines as files, on screen, in a file and on paper."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import states
from tests.browser.conftest import ROOT, Open
from tests.browser.servers import ApiServer, Reply, Request

SCREENSHOTS = ROOT / ".local" / "screenshots"
EXPENSE: states.Json = {**states.IMPORTED["expense"]}
IMPORTED: states.Json = {
    "outcome": "imported",
    "at": "2026-11-24T12:59:03Z",
    "size": 123456,
    "content_hash": "5d41402abc4b2a76b9719d911017c592ae2f0c5b1d8e3f60718293a4b5c6d7e8",
}


def imported(number: int, **changes: Any) -> states.Json:
    expense = {"expense_id": f"e-{number}", "reading": "read", "expense": EXPENSE}
    return {
        **IMPORTED,
        "name": f"Taxi {number}.jpg",
        "filed_as": f"Imported/2026-11/Taxi {number}.jpg",
        "expenses": [expense],
        **changes,
    }


SPLIT = imported(
    0,
    name="=Three receipts.pdf",
    expenses=[
        {"expense_id": f"e-0-{page}", "pages": [page], "reading": "to_check", "expense": EXPENSE}
        for page in (1, 2, 3)
    ],
)
DUPLICATE = imported(1, outcome="duplicate", name="Taxi copy.jpg")
REJECTED = imported(
    2,
    outcome="rejected",
    name="Locked.pdf",
    reason={"code": "password_protected", "message": "A password is needed to open this file."},
    filed_as="Rejected/Password-protected/Locked.pdf",
    expenses=[],
)
WAITING: states.Json = {
    "outcome": "waiting",
    "name": "Scan 0001.pdf",
    "reason": {"code": "try_again", "message": "Dropbox could not hand out this file yet."},
    "at": "2026-11-24T12:58:00Z",
    "content_hash": "00",
    "expenses": [],
}
LINES = [WAITING, SPLIT, DUPLICATE, REJECTED, *(imported(number) for number in range(10, 205))]
BATCH = states.batch(196, 1, 1, seen=200)
TWO_HUNDRED = "Files200Imported196Duplicate1Rejected1Waiting1On their way1"


def pages_of(lines: list[states.Json], *batches: states.Json) -> Any:
    """The API's answers: 150 lines a page, each under the next of these sums, the last for all that follow."""
    left = list(batches)

    def answer(request: Request) -> Reply:
        begin = int(request.query.get("cursor", "0"))
        batch = left.pop(0) if len(left) > 1 else left[0]
        page: states.Json = {
            "batch": batch,
            "waiting": 1,
            "made_at": "2026-11-24T13:00:00Z",
            "lines": lines[begin : begin + 150],
        }
        return Reply(page | ({"cursor": str(begin + 150)} if begin + 150 < len(lines) else {}))

    return answer


def open_receipt(api: ApiServer, open_page: Open, *batches: states.Json, lang: str = "en") -> Page:
    api.links(states.linked())
    api.answers["GET /imports/batches"] = Reply({"batches": [BATCH]})
    api.answers["GET /imports/receipt"] = pages_of(LINES, *(batches or [BATCH]))
    page = open_page("personal", lang=lang)
    page.locator("jenji-dropbox .disclosure").click()
    page.locator("jenji-dropbox .nested").get_by_role(
        "button", name=re.compile("Receipt|Nachweis|Récap")
    ).click()
    return page


def receipt_in(page: Page) -> Locator:
    return page.locator("jenji-dropbox dialog.receipt")


def button_in(page: Page, name: str) -> Locator:
    return receipt_in(page).locator("button", has_text=name)


def row_in(page: Page, text: str) -> Locator:
    return receipt_in(page).locator("tr", has_text=text)


def saved(page: Page, name: str = "Save as CSV") -> str:
    with page.expect_download() as download:
        button_in(page, name).click()
    assert re.fullmatch(r"jenji-dropbox-receipt-[\w-]+\.csv", download.value.suggested_filename)
    return download.value.path().read_text(encoding="utf-8-sig")


def test_two_hundred_in_are_two_hundred_out(api: ApiServer, open_page: Open) -> None:
    page = open_receipt(api, open_page)
    receipt = receipt_in(page)

    expect(receipt.locator("dl")).to_have_text(TWO_HUNDRED)
    expect(receipt.get_by_role("heading")).to_contain_text("Receipt of the files of Nov 24, 2026")
    row = row_in(page, "Locked.pdf")
    expect(row).to_contain_text("A password is needed to open this file.")
    expect(row_in(page, "Taxi 10.jpg")).to_contain_text("5d41402abc4b")
    expect(receipt.get_by_text("Something changed")).to_have_count(0)
    assert [request.query.get("cursor") for request in api.asked("GET /imports/receipt")] == [None, "150"]
    assert len(LINES) == 199


def test_the_file_has_a_row_for_each_expense_and_no_formula(api: ApiServer, open_page: Open) -> None:
    page = open_receipt(api, open_page)

    rows = list(csv.DictReader(StringIO(saved(page), newline="")))

    split = [row for row in rows if row["File"].endswith("Three receipts.pdf")]
    assert len(rows) == len(LINES) + 2
    assert [(row["Expense"], row["Part"]) for row in split] == [
        ("e-0-1", "page 1"),
        ("e-0-2", "page 2"),
        ("e-0-3", "page 3"),
    ]
    assert {row["File"] for row in split} == {"'=Three receipts.pdf"}
    assert (split[0]["Reading"], split[0]["Bytes"], split[0]["Amount"]) == (
        "To be checked",
        "123456",
        "46.00",
    )
    assert rows[0]["Why"] == "Dropbox could not hand out this file yet."


def test_the_file_is_one_that_a_german_spreadsheet_opens(api: ApiServer, open_page: Open) -> None:
    page = open_receipt(api, open_page, lang="de")

    rows = list(csv.DictReader(StringIO(saved(page, "Als CSV speichern"), newline=""), delimiter=";"))

    assert (rows[1]["Datei"], rows[1]["Betrag"]) == ("'=Three receipts.pdf", "46,00")


def test_what_changes_while_it_is_listed_is_listed_again(api: ApiServer, open_page: Open) -> None:
    page = open_receipt(api, open_page, states.batch(195, 1, 1, seen=200), BATCH)

    expect(button_in(page, "Print")).to_be_visible()

    expect(receipt_in(page).get_by_text("Something changed")).to_have_count(0)
    assert len(api.asked("GET /imports/receipt")) == 4


def test_what_goes_on_changing_says_so(api: ApiServer, open_page: Open) -> None:
    batches = [states.batch(number, 1, 1, seen=200) for number in (190, 191, 192, 193)]
    page = open_receipt(api, open_page, *batches, BATCH)
    receipt = receipt_in(page)

    expect(receipt.get_by_text("Something changed while this was listed")).to_be_visible()
    button_in(page, "List again").click()

    expect(receipt.get_by_text("Something changed while this was listed")).to_have_count(0)


def test_a_receipt_that_cannot_be_had_is_told(api: ApiServer, open_page: Open) -> None:
    api.links(states.linked())
    api.answers["GET /imports/batches"] = Reply({"batches": [BATCH]})
    api.refuse("GET /imports/receipt", 404, "not_found", "There is no such thing.")
    page = open_page("personal")
    page.locator("jenji-dropbox .disclosure").click()

    page.locator("jenji-dropbox .nested").get_by_role("button", name="Receipt").click()

    expect(page.locator("jenji-dropbox .notice")).to_contain_text("There is no such thing.")
    expect(receipt_in(page)).to_have_count(0)


def test_on_paper_there_is_the_receipt_and_nothing_else(api: ApiServer, open_page: Open) -> None:
    page = open_receipt(api, open_page)
    expect(button_in(page, "Print")).to_be_visible()

    document = pypdfium2.PdfDocument(BytesIO(page.pdf(prefer_css_page_size=True)))

    # Where words are apart on paper, and where lines end, is nothing that a file of that kind says.
    sheets = ["".join(sheet.get_textpage().get_text_bounded().split()) for sheet in document]
    text = "".join(sheets)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    document[0].render(scale=2).to_pil().save(SCREENSHOTS / "receipt-on-paper.png")
    document[1].render(scale=2).to_pil().save(SCREENSHOTS / "receipt-on-paper-2.png")
    assert len(sheets) > 5
    assert document[0].get_width() > document[0].get_height()
    assert [sheet for sheet in sheets if "Dropboxcontenthash" not in sheet] == []
    assert {number for number in range(10, 205) if f"Taxi{number}.jpg" in text} == set(range(10, 205))
    assert "Receiptofthefilesof" in sheets[0]
    for other in ("Integrations", "ImportfromDropbox", "Unlink", "Print"):
        assert other not in text


def test_the_page_prints_as_it_did_once_the_receipt_is_closed(api: ApiServer, open_page: Open) -> None:
    page = open_receipt(api, open_page)
    button_in(page, "Close").click()

    document = pypdfium2.PdfDocument(BytesIO(page.pdf()))

    assert "Integrations" in document[0].get_textpage().get_text_bounded()
    expect(page.locator("[data-jenji-receipt]")).to_have_count(0)


DELIVERED: states.Json = {
    "id": "d-1",
    "expense_id": "e-1",
    "document_id": "doc-1",
    "state": "delivered",
    "path": "/Jenji/2026/03/Jane Doe/2026-03-14 SNCF 84.00 EUR [7F3K2].pdf",
    "accepted_at": "2026-11-24T12:40:00Z",
    "changed_at": "2026-11-24T12:41:00Z",
    "delivered_at": "2026-11-24T12:41:00Z",
    "size": 98765,
    "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "content_hash": "00",
    "tries": 0,
    "is_stuck": False,
    "expense": {**EXPENSE, "employee": "Jane Doe"},
}
FAILED: states.Json = {
    **DELIVERED,
    "id": "d-2",
    "state": "failed",
    "reason": {"code": "path_taken", "message": "Something else lies there."},
    "sha256": None,
}


@pytest.mark.parametrize("of_backfill", [True, False])
def test_a_company_has_a_receipt_of_what_is_asked_for(
    of_backfill: bool, api: ApiServer, open_page: Open
) -> None:
    past = {"since": "2026-01-01T00:00:00Z", "state": "done", "expenses": 2, "documents": 2}
    api.links(states.company(backfill=past))
    api.answers["GET /deliveries"] = Reply({"deliveries": [DELIVERED, FAILED]})
    page = open_page("company")
    where = page.locator("jenji-dropbox section").filter(
        has=page.get_by_role("heading", name="Earlier expenses" if of_backfill else "History")
    )

    where.get_by_role("button", name="Receipt").click()

    receipt = receipt_in(page)
    expect(receipt.locator("dl")).to_have_text("Documents2Delivered1Failed1")
    asked_for = " · Earlier expenses" if of_backfill else ""
    expect(receipt.get_by_text(f"finance@atelier.example{asked_for}", exact=True)).to_be_visible()
    row = row_in(page, "[7F3K2].pdf")
    expect(row).to_contain_text("Jane Doe")
    expect(row).to_contain_text("98,765")
    expect(row_in(page, "Something else lies there.")).to_have_count(1)
    rows = list(csv.DictReader(StringIO(saved(page), newline="")))
    assert [row["SHA-256"] for row in rows] == [DELIVERED["sha256"], ""]
    asked = [request.query for request in api.asked("GET /deliveries")]
    assert {"limit": "200", **({"of_backfill": "true"} if of_backfill else {})} in asked


def test_a_delivery_that_changes_while_they_are_listed_is_told(api: ApiServer, open_page: Open) -> None:
    api.links(states.company())
    changes = iter(range(100))

    def answer(request: Request) -> Reply:
        changed = {**DELIVERED, "changed_at": f"2026-11-24T12:41:{next(changes):02d}Z"}
        return Reply({"deliveries": [changed if request.query["limit"] == "1" else DELIVERED]})

    api.answers["GET /deliveries"] = answer
    page = open_page("company")

    page.get_by_role("button", name="Receipt").click()

    expect(receipt_in(page).get_by_text("Something changed while this was listed")).to_be_visible()
