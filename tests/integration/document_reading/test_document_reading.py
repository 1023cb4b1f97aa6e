"""From a stored document and its doorbell to an expense that is filled in, through the handler."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import boto3
import pytest
from botocore.stub import ANY, Stubber
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from functions.document_reading import handler
from local.samples import SAMPLES
from shared.domain.reading_jobs import ReadingFailure, ReadingJobStatus
from shared.domain.timestamps import utc_now
from tests.integration.document_reading import textract_answers as answers
from tests.integration.document_reading.conftest import Reading
from tests.unit.inspection.emails import email

PDF, JPEG, TIFF, EMAIL = "application/pdf", "image/jpeg", "image/tiff", "message/rfc822"
TELEPHONE, HOTEL = "Nuage Mobile November 2026.pdf", "Hôtel des Lumières 2026-11-0318.pdf"


def sample(path: str) -> bytes:
    return next(each.make() for each in SAMPLES if each.path == path)


def in_an_email(data: bytes, content_type: str) -> bytes:
    return bytes(email((content_type, "attached", data)))


def sheet(*, is_blank: bool = False) -> Image.Image:
    """Paper, as a rule with a line of print."""
    paper = Image.new("L", (900, 1200), 252)
    if not is_blank:
        ImageDraw.Draw(paper).text((80, 90), "TOTAL 46.00", fill=40, font=ImageFont.load_default(24))
    return paper


def photo(*, is_blank: bool = False) -> bytes:
    buffer = BytesIO()
    sheet(is_blank=is_blank).save(buffer, "JPEG")
    return buffer.getvalue()


def scanned(pages: int, *, inked: Container[int] | None = None, file_format: str = "PDF") -> bytes:
    """As a scanner makes a stack; all pages are `inked`, unless it is said which of them."""
    buffer = BytesIO()
    first, *others = (sheet(is_blank=inked is not None and number not in inked) for number in range(pages))
    first.save(buffer, file_format, save_all=True, append_images=others)
    return buffer.getvalue()


def searchable_scan(text: str) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.drawImage(ImageReader(Image.new("L", (600, 800), 255)), 0, 0, *A4)
    hidden = canvas.beginText(60, 700)
    hidden.setTextRenderMode(3)
    hidden.textLine(text)
    canvas.drawText(hidden)
    canvas.save()
    return buffer.getvalue()


@pytest.fixture
def textract(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stubber]:
    client, stub = answers.stubbed()
    monkeypatch.setattr("shared.aws.documents.textract.make_client", lambda _service, **_options: client)
    with stub:
        yield stub


def stored(reading: Reading, expense_id: str) -> dict[str, Any]:
    key = reading.expense(expense_id)["documents"][0]["s3_key"]
    return {"S3Object": {"Bucket": "documents", "Name": key}}


def test_an_invoice_with_text_fills_its_expense_in(reading: Reading) -> None:
    expense_id = reading.import_document(sample(TELEPHONE), PDF)

    put_back = reading.ring(expense_id)

    expense = reading.expense(expense_id)
    assert put_back == []
    assert (expense["date"], expense["amount"], expense["currency"]) == ("2026-11-01", "41.75", "EUR")
    assert expense["merchant"].startswith("Nuage Mobile")
    assert expense["reading"]["state"] == "DONE"
    amount = expense["reading"]["fields"]["amount"]
    assert (amount["confirmed"], amount["source"]) == (True, "text")
    assert amount["place"][0] == 0
    assert expense["reading"]["document_number"] == "NM-88410227"
    assert [line["amount"] for line in expense["reading"]["vat"]] == ["6.96"]
    assert reading.job(expense_id).status is ReadingJobStatus.DONE


def test_what_its_user_has_said_stays(reading: Reading) -> None:
    expense_id = reading.import_document(
        sample(TELEPHONE), PDF, merchant="Mon opérateur", edited_fields=["merchant", "date"]
    )

    reading.ring(expense_id)

    expense = reading.expense(expense_id)
    assert (expense["merchant"], expense["amount"]) == ("Mon opérateur", "41.75")
    assert "date" not in expense
    assert set(expense["reading"]["fields"]) == {"amount", "currency"}


def test_the_same_invoice_in_another_file_is_a_possible_duplicate(reading: Reading) -> None:
    first = reading.import_document(sample(TELEPHONE), PDF)
    second = reading.import_document(sample(TELEPHONE) + b"\n", PDF)

    for expense_id in (first, second):
        reading.ring(expense_id)

    assert "possible_duplicate_of" not in reading.expense(first)["reading"]
    assert reading.expense(second)["reading"]["possible_duplicate_of"] == first


def test_a_photo_is_read_by_textract(reading: Reading, textract: Stubber) -> None:
    expense_id = reading.import_document(photo(), JPEG)
    textract.add_response("analyze_expense", answers.answer())

    reading.ring(expense_id)

    expense = reading.expense(expense_id)
    assert (expense["merchant"], expense["date"], expense["amount"], expense["currency"]) == (
        "Café Lumière",
        "2026-11-05",
        "46.00",
        "EUR",
    )
    assert {mark["source"] for mark in expense["reading"]["fields"].values()} == {"ocr"}
    assert expense["reading"]["fields"]["merchant"]["confirmed"] is False
    textract.assert_no_pending_responses()


def test_a_scan_of_one_page_is_read_where_it_is_stored(reading: Reading, textract: Stubber) -> None:
    expense_id = reading.import_document(scanned(1), PDF)
    textract.add_response("analyze_expense", answers.answer(), {"Document": stored(reading, expense_id)})

    reading.ring(expense_id)

    assert reading.expense(expense_id)["amount"] == "46.00"


def test_a_scan_under_which_a_scanner_has_laid_its_words_is_read_anew(
    reading: Reading, textract: Stubber
) -> None:
    expense_id = reading.import_document(searchable_scan("Cafe Lumlere TOTAL 48.00 EUR"), PDF)
    textract.add_response("analyze_expense", answers.answer(), {"Document": stored(reading, expense_id)})

    reading.ring(expense_id)

    assert reading.expense(expense_id)["amount"] == "46.00"


def test_a_scan_of_several_pages_is_begun_and_read_when_its_doorbell_comes_back(
    reading: Reading, textract: Stubber
) -> None:
    expense_id = reading.import_document(scanned(3), PDF)
    location = {"DocumentLocation": stored(reading, expense_id)}
    textract.add_response("start_expense_analysis", {"JobId": "job-1"}, location)
    textract.add_response(
        "get_expense_analysis",
        {"JobStatus": "SUCCEEDED", "ExpenseDocuments": answers.expense_documents()},
        {"JobId": "job-1"},
    )
    put_back = reading.ring(expense_id)
    analysis_id = reading.job(expense_id).analysis_id
    make_due(reading, expense_id)

    put_back_again = reading.ring(expense_id)

    assert (len(put_back), analysis_id, put_back_again) == (1, "job-1@0,1,2", [])
    assert reading.expense(expense_id)["amount"] == "46.00"
    assert reading.job(expense_id).status is ReadingJobStatus.DONE


def test_pages_that_the_confined_process_has_not_stated_use_up_its_users_quota(
    reading: Reading, textract: Stubber, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEXTRACT_PAGES_USER_DAY", "40")
    understated, next_one = reading.import_document(scanned(3), PDF), reading.import_document(photo(), JPEG)
    textract.add_response("start_expense_analysis", {"JobId": "job-1"})
    found = answers.answer() | {"JobStatus": "SUCCEEDED", "DocumentMetadata": {"Pages": 40}}
    textract.add_response("get_expense_analysis", found, {"JobId": "job-1"})
    reading.ring(understated)
    make_due(reading, understated)

    reading.ring(understated)
    reading.ring(next_one)

    assert reading.job(understated).status is ReadingJobStatus.DONE
    assert reading.job(next_one).reason is ReadingFailure.OVER_QUOTA


def make_due(reading: Reading, expense_id: str) -> None:
    boto3.resource("dynamodb").Table("reading_jobs").update_item(
        Key={"user_id": "alice", "expense_id": expense_id},
        UpdateExpression="SET next_try = :past",
        ExpressionAttributeValues={":past": "2026-01-01T00:00:00.000000Z"},
    )


def test_a_document_of_a_great_many_pages_without_text_is_not_paid_for(
    reading: Reading, textract: Stubber
) -> None:
    expense_id = reading.import_document(scanned(21), PDF)

    reading.ring(expense_id)

    assert reading.expense(expense_id)["reading"]["state"] == "UNREADABLE"


def test_a_throttled_textract_puts_the_doorbell_back(reading: Reading, textract: Stubber) -> None:
    expense_id = reading.import_document(photo(), JPEG)
    textract.add_client_error("analyze_expense", "ThrottlingException")

    put_back = reading.ring(expense_id)

    scan = reading.job(expense_id)
    assert len(put_back) == 1
    assert (scan.status, scan.tries, scan.attempts_started) == (ReadingJobStatus.WAITING, 1, 0)
    assert scan.detail == "ThrottlingException"
    assert reading.expense(expense_id)["reading"] == {"state": "WAITING"}


def test_pages_beyond_a_quota_are_not_sent_and_the_expense_says_until_when(
    reading: Reading, textract: Stubber, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEXTRACT_PAGES_COMPANY_DAY", "1")
    first, second = (reading.import_document(photo(), JPEG, company_id="acme") for _ in range(2))
    textract.add_response("analyze_expense", answers.answer())

    put_back = [*reading.ring(first), *reading.ring(second)]

    tomorrow = utc_now().date() + timedelta(days=1)
    assert put_back == []
    assert reading.expense(first)["amount"] == "46.00"
    said = reading.expense(second)["reading"]
    assert (said["state"], said["by_hand_until"]) == ("WAITING", tomorrow.isoformat())
    assert reading.job(second).reason is ReadingFailure.OVER_QUOTA


def test_what_we_read_ourselves_is_never_held_back(
    reading: Reading, textract: Stubber, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEXTRACT_PAGES_USER_DAY", "0")
    expense_id = reading.import_document(sample(TELEPHONE), PDF)

    reading.ring(expense_id)

    assert reading.expense(expense_id)["amount"] == "41.75"


def test_the_pages_that_are_paid_for_are_counted(
    reading: Reading, textract: Stubber, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    expense_id = reading.import_document(scanned(3), PDF)
    textract.add_response("start_expense_analysis", {"JobId": "job-1"})

    reading.ring(expense_id)

    [sent] = [line for line in capsys.readouterr().out.splitlines() if "PagesSentToEngine" in line]
    assert json.loads(sent)["PagesSentToEngine"] == [3.0]


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (photo(is_blank=True), JPEG),
        (scanned(1, inked=()), PDF),
        (scanned(3, inked=()), PDF),
        (scanned(3, inked=(), file_format="TIFF"), TIFF),
        (in_an_email(scanned(3, inked=()), PDF), EMAIL),
    ],
    ids=["photo", "scan", "stack", "TIFF", "email"],
)
def test_pages_without_ink_are_not_sent_count_nothing_and_are_not_tried_again(
    reading: Reading, textract: Stubber, monkeypatch: pytest.MonkeyPatch, data: bytes, content_type: str
) -> None:
    monkeypatch.setenv("TEXTRACT_PAGES_USER_DAY", "1")
    blank, inked = reading.import_document(data, content_type), reading.import_document(photo(), JPEG)

    put_back = reading.ring(blank)
    textract.add_response("analyze_expense", answers.answer())
    reading.ring(inked)

    job = reading.job(blank)
    assert put_back == []
    assert reading.expense(blank)["reading"]["state"] == "UNREADABLE"
    assert (job.status, job.reason) == (ReadingJobStatus.UNREADABLE, ReadingFailure.BLANK)
    assert job.next_try is None
    assert reading.expense(inked)["amount"] == "46.00"


@pytest.mark.parametrize(("file_format", "content_type"), [("PDF", PDF), ("TIFF", TIFF)])
def test_of_a_stack_of_one_page_with_ink_that_page_is_sent_and_counted(
    reading: Reading,
    textract: Stubber,
    monkeypatch: pytest.MonkeyPatch,
    file_format: str,
    content_type: str,
) -> None:
    monkeypatch.setenv("TEXTRACT_PAGES_USER_DAY", "1")
    stack = scanned(4, inked=(2,), file_format=file_format)
    expense_id = reading.import_document(stack, content_type)
    textract.add_response("analyze_expense", answers.answer(), {"Document": {"Bytes": ANY}})

    put_back = reading.ring(expense_id)

    expense = reading.expense(expense_id)
    assert put_back == []
    assert expense["amount"] == "46.00"
    assert expense["reading"]["fields"]["amount"]["place"][0] == 2


@pytest.mark.parametrize(("file_format", "content_type"), [("PDF", PDF), ("TIFF", TIFF)])
def test_of_a_stack_the_pages_with_ink_are_sent_and_counted(
    reading: Reading,
    textract: Stubber,
    capsys: pytest.CaptureFixture[str],
    file_format: str,
    content_type: str,
) -> None:
    stack = scanned(4, inked=(1, 3), file_format=file_format)
    expense_id = reading.import_document(stack, content_type)
    textract.add_response("start_expense_analysis", {"JobId": "job-1"}, {"DocumentLocation": ANY})
    textract.add_response(
        "get_expense_analysis",
        {"JobStatus": "SUCCEEDED", "ExpenseDocuments": answers.expense_documents()},
        {"JobId": "job-1"},
    )
    reading.ring(expense_id)
    make_due(reading, expense_id)

    reading.ring(expense_id)

    expense = reading.expense(expense_id)
    assert '"PagesSentToEngine":[2.0]' in capsys.readouterr().out
    assert expense["amount"] == "46.00"
    assert expense["reading"]["fields"]["amount"]["place"][0] == 1
    [kept] = objects_below("previews/alice/", "/sent")
    assert kept.startswith(b"%PDF-")


def objects_below(prefix: str, end: str) -> list[bytes]:
    bucket = boto3.resource("s3").Bucket("documents")
    found = (each for each in bucket.objects.filter(Prefix=prefix) if each.key.endswith(end))
    return [each.get()["Body"].read() for each in found]


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (b"%PDF-1.4 but no more", PDF),
        (b"\xff\xd8\xff but no more", JPEG),
        (b"", "image/heic"),
        (b"?", "text/html"),
    ],
    ids=["PDF", "JPEG", "HEIC", "HTML"],
)
def test_what_cannot_be_opened_is_unreadable(reading: Reading, data: bytes, content_type: str) -> None:
    expense_id = reading.import_document(data, content_type)

    put_back = reading.ring(expense_id)

    assert put_back == []
    assert reading.expense(expense_id)["reading"]["state"] == "UNREADABLE"
    assert reading.job(expense_id).detail == "unreadable"


def test_an_email_is_read_as_what_is_attached_to_it(reading: Reading) -> None:
    expense_id = reading.import_document(in_an_email(sample(TELEPHONE), PDF), EMAIL)

    reading.ring(expense_id)

    assert reading.expense(expense_id)["amount"] == "41.75"


def test_a_picture_in_an_email_is_sent_by_itself(reading: Reading, textract: Stubber) -> None:
    attached = scanned(1)
    expense_id = reading.import_document(in_an_email(attached, PDF), EMAIL)
    textract.add_response("analyze_expense", answers.answer(), {"Document": {"Bytes": attached}})

    reading.ring(expense_id)

    assert reading.expense(expense_id)["reading"]["state"] == "DONE"


def test_pages_in_an_email_are_put_where_the_engine_fetches_them(reading: Reading, textract: Stubber) -> None:
    attached = scanned(3)
    expense_id = reading.import_document(in_an_email(attached, PDF), EMAIL)
    textract.add_response("start_expense_analysis", {"JobId": "job-1"}, {"DocumentLocation": ANY})

    reading.ring(expense_id)

    assert objects_below("previews/alice/", "/sent") == [attached]


def test_an_email_with_nothing_attached_is_unreadable(reading: Reading) -> None:
    expense_id = reading.import_document(bytes(email()), EMAIL)

    reading.ring(expense_id)

    assert reading.job(expense_id).detail == "none_attached"


def test_a_document_that_is_not_in_the_store_is_unreadable(reading: Reading) -> None:
    expense_id = reading.import_document(b"bytes", PDF)
    reading.bucket.delete_objects(
        Delete={"Objects": [{"Key": reading.expense(expense_id)["documents"][0]["s3_key"]}]}
    )

    reading.ring(expense_id)

    assert reading.job(expense_id).reason is ReadingFailure.DOCUMENT_MISSING


def test_a_malformed_message_goes_to_where_it_is_seen(reading: Reading) -> None:
    assert len(reading.ring("", body='{"user_id": 5}')) == 1


def test_nothing_of_a_document_reaches_the_log(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    log = StringIO()
    monkeypatch.setattr(handler.logger.handlers[0], "stream", log)
    expense_id = reading.import_document(sample(HOTEL), PDF)

    reading.ring(expense_id)

    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    [line] = [line for line in lines if line["message"] == "document read"]
    assert (line["outcome"], line["expense_id"]) == ("done", expense_id)
    said = " ".join(
        str(value) for each in lines for key, value in each.items() if key not in {"timestamp", "expense_id"}
    )
    for secret in ("Lumi", "145.75", "2026", "0318", "Martin", "alice"):
        assert secret not in said
