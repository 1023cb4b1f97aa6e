"""Has Amazon Textract analyse pictures of receipts and invoices.

https://docs.aws.amazon.com/textract/latest/dg/invoices-receipts.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from shared.aws.clients import make_client
from shared.aws.errors import aws_errors_translated, error_code
from shared.domain.errors import AnalysisLost, AnalysisRefused
from shared.domain.expense_analysis import AnalysedField, AnalysedWord, Corner, ExpenseAnalysis

if TYPE_CHECKING:
    from mypy_boto3_textract import TextractClient

# The document's fault: the same document will be refused again.
_REFUSALS = frozenset(
    {
        "BadDocumentException",
        "DocumentTooLargeException",
        "InvalidParameterException",
        "UnsupportedDocumentException",
    }
)
_PERCENT = 100.0


class Textract:
    """Every method raises AwsUnavailable, also where calls are throttled, besides what it names."""

    def __init__(self, bucket: str, client: TextractClient | None = None) -> None:
        """`bucket` is where the documents are kept."""
        self._bucket = bucket
        self._textract: TextractClient = client or make_client(
            "textract", read_timeout=30, retries={"mode": "standard", "max_attempts": 3}
        )

    def analyse(self, s3_key: str) -> ExpenseAnalysis:
        """A stored JPEG or PNG, or a PDF or TIFF of one page. Raises AnalysisRefused."""
        return self._analyse({"S3Object": {"Bucket": self._bucket, "Name": s3_key}})

    def analyse_picture(self, picture: bytes) -> ExpenseAnalysis:
        """A JPEG or PNG, or a PDF or TIFF of one page. Raises AnalysisRefused."""
        return self._analyse({"Bytes": picture})

    def begin(self, s3_key: str) -> str:
        """Begin with a stored PDF or TIFF of any number of pages; returns the job's id.

        Raises AnalysisRefused.
        """
        with _translated():
            answer = self._textract.start_expense_analysis(
                DocumentLocation={"S3Object": {"Bucket": self._bucket, "Name": s3_key}}
            )
        return answer["JobId"]

    def result(self, analysis_id: str) -> ExpenseAnalysis | None:
        """What a job found, or None while it is under way. Raises AnalysisRefused, AnalysisLost."""
        with _translated():
            page = self._textract.get_expense_analysis(JobId=analysis_id)
        if page["JobStatus"] == "IN_PROGRESS":
            return None
        if page["JobStatus"] == "FAILED":
            raise AnalysisRefused("JobFailed")
        pages_read = _pages_read(page)
        documents: list[Any] = [*page.get("ExpenseDocuments", [])]
        while token := page.get("NextToken"):
            with _translated():
                page = self._textract.get_expense_analysis(JobId=analysis_id, NextToken=token)
            documents += page.get("ExpenseDocuments", [])
        return _to_analysis(documents, pages_read)

    def _analyse(self, document: Any) -> ExpenseAnalysis:  # noqa: ANN401 - one of two shapes
        with _translated():
            answer = self._textract.analyze_expense(Document=document)
        return _to_analysis(answer.get("ExpenseDocuments", []), _pages_read(answer))


@contextmanager
def _translated() -> Iterator[None]:
    with aws_errors_translated("textract"):
        try:
            yield
        except ClientError as error:
            code = error_code(error)
            if code in _REFUSALS:
                raise AnalysisRefused(code) from error
            if code == "InvalidJobIdException":
                raise AnalysisLost(code) from error
            raise


def _to_analysis(documents: Sequence[Any], pages_read: int) -> ExpenseAnalysis:
    """The words of all; the fields of each, in order: a document may show several receipts."""
    blocks = [block for document in documents for block in document.get("Blocks", [])]
    fields = [field for document in documents for field in document.get("SummaryFields", [])]
    return ExpenseAnalysis(tuple(_pages(blocks)), tuple(_to_fields(fields)), pages_read)


def _pages_read(answer: Any) -> int:  # noqa: ANN401 - one of two shapes
    return int(answer.get("DocumentMetadata", {}).get("Pages", 0))


def _pages(blocks: Iterable[Any]) -> Iterator[tuple[AnalysedWord, ...]]:
    pages: dict[int, dict[str, AnalysedWord]] = {}
    for block in blocks:
        if block.get("BlockType") == "WORD" and (word := _to_word(block)):
            pages.setdefault(block.get("Page", 1), {}).setdefault(block.get("Id", ""), word)
    for number in range(1, max(pages, default=0) + 1):
        yield tuple(pages.get(number, {}).values())


def _to_word(block: Any) -> AnalysedWord | None:  # noqa: ANN401 - as Textract has it
    corners = [(point["X"], point["Y"]) for point in block["Geometry"].get("Polygon", [])]
    if len(corners) != 4:
        corners = _corners_of(block["Geometry"]["BoundingBox"])
    upper_left, upper_right, lower_right, lower_left = corners
    text = block.get("Text", "").strip()
    if not text:
        return None
    confidence = block.get("Confidence", 0.0) / _PERCENT
    return AnalysedWord(text, (upper_left, upper_right, lower_right, lower_left), confidence)


def _corners_of(box: Any) -> list[Corner]:  # noqa: ANN401 - as Textract has it
    left, top = box["Left"], box["Top"]
    right, bottom = left + box["Width"], top + box["Height"]
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _to_fields(fields: Iterable[Any]) -> Iterator[AnalysedField]:
    for field in fields:
        value = field.get("ValueDetection", {})
        text = " ".join(value.get("Text", "").split())
        kind = field.get("Type", {}).get("Text", "")
        if text and kind:
            confidence = min(value.get("Confidence", 0.0), field["Type"].get("Confidence", 0.0)) / _PERCENT
            yield AnalysedField(kind, text, confidence, field.get("Currency", {}).get("Code", ""))
