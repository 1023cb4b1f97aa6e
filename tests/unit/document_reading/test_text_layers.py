"""PDFs as producers make them: text placed by cell, by word without blanks, or glyph by glyph."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from functions.document_reading.reading.merchant.business_names import comparable
from functions.document_reading.reading.model import PageWords
from functions.document_reading.reading.print.lines import Cell, lines_of
from functions.document_reading.reading.print.text_layer import UnreadablePdf, open_pdf
from functions.document_reading.reading.read_document import PDF, read_document, text_pages
from functions.document_reading.reading.read_pages import read_pages
from tests.unit.document_reading.papers.e_invoices import pdf as carrying
from tests.unit.document_reading.papers.invoices import Paper, invoice
from tests.unit.document_reading.papers.typewriter import typed

FONT = "Helvetica"


def by_cell(canvas: Canvas, cell: Cell, base: float, size: float) -> None:
    canvas.drawString(cell.left, base, cell.text)


def by_word(canvas: Canvas, cell: Cell, base: float, size: float) -> None:
    left = cell.left
    for word in cell.text.split():
        canvas.drawString(left, base, word)
        left += stringWidth(f"{word} ", FONT, size)


def by_glyph(canvas: Canvas, cell: Cell, base: float, size: float) -> None:
    left = cell.left
    for character in cell.text:
        if character != " ":
            canvas.drawString(left, base, character)
        left += stringWidth(character, FONT, size)


def written(path: Path, page: PageWords, put: Callable[[Canvas, Cell, float, float], None]) -> Path:
    canvas = Canvas(str(path), pagesize=(page.width, page.height))
    for line in lines_of([page]):
        for cell in line.cells:
            size = cell.height / 1.15
            canvas.setFont(FONT, size)
            put(canvas, cell, page.height - cell.bottom + 0.2 * cell.height, size)
    canvas.save()
    return path


def text_layer(path: Path, _content_type: str) -> Sequence[PageWords]:
    with open_pdf(path) as pdf:
        return text_pages(pdf)


@pytest.mark.parametrize("put", [by_cell, by_word, by_glyph])
@pytest.mark.parametrize("seed", range(0, 40, 5))
def test_reads_text_however_it_is_placed(tmp_path, put, seed):
    paper: Paper = invoice(seed)
    path = written(tmp_path / "invoice.pdf", paper.page, put)

    reading = read_document(path, PDF, pages_of=text_layer, country=None)

    assert comparable(reading.merchant.value) == comparable(paper.merchant)
    assert (reading.date.value, reading.total.value) == (paper.day, paper.total)
    assert reading.currency.value == paper.currency


def test_a_file_that_is_no_pdf_is_said_to_be_unreadable(tmp_path):
    path = tmp_path / "no.pdf"
    path.write_bytes(b"%PDF-1.7 and nothing else")

    with pytest.raises(UnreadablePdf), open_pdf(path):
        pass


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_reads_text_that_was_drawn_sideways_or_upside_down(tmp_path, degrees):
    canvas = Canvas(str(tmp_path / "turned.pdf"), pagesize=(595, 842))
    canvas.translate(297, 421)
    canvas.rotate(degrees)
    canvas.drawString(-200, 100, "Sonnenwerk GmbH")
    canvas.drawString(-200, 80, "Rechnungsdatum 05.11.2024")
    canvas.drawString(-200, 60, "Gesamtbetrag 119,00 EUR")
    canvas.save()

    (page,) = text_layer(tmp_path / "turned.pdf", PDF)

    assert [line.text for line in lines_of([page])] == [
        "Sonnenwerk GmbH",
        "Rechnungsdatum 05.11.2024",
        "Gesamtbetrag 119,00 EUR",
    ]
    assert (page.width, page.height) == ((595, 842) if degrees == 180 else (842, 595))


def test_reads_what_was_typed_into_form_fields(tmp_path):
    canvas = Canvas(str(tmp_path / "form.pdf"), pagesize=(595, 842))
    canvas.drawString(40, 700, "Gesamtbetrag EUR")
    canvas.acroForm.textfield(name="total", value="38,50", x=200, y=690, width=100, height=24)
    canvas.save()

    (page,) = text_layer(tmp_path / "form.pdf", PDF)

    assert "38,50" in " ".join(word.text for word in page.words)


def test_nothing_is_read_off_the_placeholder_of_a_form_that_viewers_cannot_show():
    page = typed(
        "Please wait...\nIf this message is not eventually replaced by the proper contents of the document"
    )

    assert read_pages([page], country=None).is_empty


COVER = "For the best experience open this PDF portfolio in Acrobat X"


def portfolio(folder: Path, cover: str, *documents: str) -> Path:
    """A PDF with other PDFs attached."""
    contents = {
        f"{index}.pdf": carrying(folder / f"{index}.pdf", typed(text), {}).read_bytes()
        for index, text in enumerate(documents)
    }
    return carrying(folder / "portfolio.pdf", typed(cover), contents)


def shown_by(path: Path) -> str:
    with open_pdf(path) as pdf:
        return " ".join(word.text for word in pdf.page_words(0).words)


def test_the_document_in_a_portfolio_is_read_rather_than_its_cover(tmp_path):
    path = portfolio(tmp_path, COVER, "RECHNUNG 12")

    assert shown_by(path) == "RECHNUNG 12"


@pytest.mark.parametrize(
    ("cover", "documents"),
    [
        (COVER, ["RECHNUNG 12", "RECHNUNG 13"]),
        ("RECHNUNG 14", ["TERMS"]),
        (f"{COVER} {'word ' * 60}".strip(), ["RECHNUNG 12"]),
        (COVER, []),
    ],
)
def test_a_pdf_that_only_carries_others_is_read_itself(tmp_path, cover, documents):
    path = portfolio(tmp_path, cover, *documents)

    assert shown_by(path) == cover
