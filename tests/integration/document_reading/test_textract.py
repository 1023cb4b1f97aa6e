"""Textract's answers, checked against its own service model, become words, fields and errors of ours."""

from __future__ import annotations

import pytest

from shared.aws.documents.textract import Textract
from shared.domain.errors import AnalysisLost, AnalysisRefused, AwsRefused, AwsUnavailable
from shared.domain.expense_analysis import AnalysedField
from tests.integration.document_reading import textract_answers as answers

STORED = {"S3Object": {"Bucket": "documents", "Name": "documents/alice/hash"}}
KEY = "documents/alice/hash"


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "none")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "none")


def test_a_stored_picture_is_analysed_at_once() -> None:
    client, stub = answers.stubbed()
    stub.add_response("analyze_expense", answers.answer(), {"Document": STORED})

    with stub:
        analysis = Textract("documents", client).analyse(KEY)

    [page] = analysis.pages
    assert [word.text for word in page][:4] == ["Café", "Lumière", "12", "rue"]
    assert page[0].confidence == pytest.approx(0.985)
    assert page[0].corners == (
        (0.3, 0.05),
        (0.38, 0.05),
        (0.38, pytest.approx(0.07)),
        (0.3, pytest.approx(0.07)),
    )
    assert analysis.fields[0] == AnalysedField("VENDOR_NAME", "Café Lumière", 0.95)
    assert analysis.fields[2] == AnalysedField("TOTAL", "46.00 EUR", 0.95, "EUR")


def test_a_picture_of_ours_is_sent_along() -> None:
    client, stub = answers.stubbed()
    stub.add_response("analyze_expense", answers.answer(), {"Document": {"Bytes": b"jpeg"}})

    with stub:
        analysis = Textract("documents", client).analyse_picture(b"jpeg")

    assert analysis.pages


def test_a_picture_on_which_nothing_is_seen_has_neither_words_nor_fields() -> None:
    client, stub = answers.stubbed()
    stub.add_response("analyze_expense", answers.answer([]), {"Document": STORED})

    with stub:
        analysis = Textract("documents", client).analyse(KEY)

    assert (analysis.pages, analysis.fields) == ((), ())


def test_a_word_without_a_polygon_is_placed_by_its_box() -> None:
    client, stub = answers.stubbed()
    documents = answers.expense_documents(lines=[(0.5, 0.25, "TOTAL")])
    [word] = [block for block in documents[0]["Blocks"] if block["BlockType"] == "WORD"]
    del word["Geometry"]["Polygon"]
    stub.add_response("analyze_expense", answers.answer(documents), {"Document": STORED})

    with stub:
        analysis = Textract("documents", client).analyse(KEY)

    assert analysis.pages[0][0].corners[0] == (0.5, 0.25)
    assert analysis.pages[0][0].corners[2] == (pytest.approx(0.6), pytest.approx(0.27))


def test_several_pages_are_begun_and_asked_for_later_page_of_answers_by_page() -> None:
    client, stub = answers.stubbed()
    stub.add_response("start_expense_analysis", {"JobId": "job-1"}, {"DocumentLocation": STORED})
    stub.add_response("get_expense_analysis", {"JobStatus": "IN_PROGRESS"}, {"JobId": "job-1"})
    first = answers.expense_documents(lines=[(0.1, 0.1, "one")])
    second = answers.expense_documents(fields=[], lines=[])
    second[0]["Blocks"] = answers.blocks([(0.1, 0.1, "two")], page=2)
    stub.add_response(
        "get_expense_analysis",
        {
            "JobStatus": "SUCCEEDED",
            "NextToken": "more",
            "DocumentMetadata": {"Pages": 3},
            "ExpenseDocuments": first,
        },
        {"JobId": "job-1"},
    )
    stub.add_response(
        "get_expense_analysis",
        {"JobStatus": "SUCCEEDED", "ExpenseDocuments": second},
        {"JobId": "job-1", "NextToken": "more"},
    )
    textract = Textract("documents", client)

    with stub:
        analysis_id = textract.begin(KEY)
        under_way = textract.result(analysis_id)
        analysis = textract.result(analysis_id)

    assert under_way is None
    assert analysis is not None
    assert [[word.text for word in page] for page in analysis.pages] == [["one"], ["two"]]
    assert analysis.pages_read == 3


def test_a_job_that_failed_will_fail_again() -> None:
    client, stub = answers.stubbed()
    stub.add_response("get_expense_analysis", {"JobStatus": "FAILED"}, {"JobId": "job-1"})

    with stub, pytest.raises(AnalysisRefused):
        Textract("documents", client).result("job-1")


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("BadDocumentException", AnalysisRefused),
        ("UnsupportedDocumentException", AnalysisRefused),
        ("DocumentTooLargeException", AnalysisRefused),
        ("InvalidParameterException", AnalysisRefused),
        ("ThrottlingException", AwsUnavailable),
        ("ProvisionedThroughputExceededException", AwsUnavailable),
        ("InternalServerError", AwsUnavailable),
        ("AccessDeniedException", AwsRefused),
        ("InvalidS3ObjectException", AwsRefused),
    ],
)
def test_errors_are_the_documents_fault_or_nobodys(code: str, error: type[Exception]) -> None:
    client, stub = answers.stubbed()
    stub.add_client_error("analyze_expense", code)

    with stub, pytest.raises(error) as raised:
        Textract("documents", client).analyse(KEY)

    assert getattr(raised.value, "code", code) in {"", code}


def test_a_job_nobody_knows_is_lost() -> None:
    client, stub = answers.stubbed()
    stub.add_client_error("get_expense_analysis", "InvalidJobIdException")

    with stub, pytest.raises(AnalysisLost):
        Textract("documents", client).result("job-1")
