"""Pages that are documents of their own, and pages that belong together."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from functions.document_reading.reading.model import Contradiction, PageWords, Reading, Source
from functions.document_reading.reading.print.lines import lines_of
from functions.document_reading.reading.read_pages import read_lines, read_pages
from functions.document_reading.reading.several_documents import after_cover
from tests.unit.document_reading.papers.typewriter import typed


def receipt(shop: str, day: str, net: str, tax: str, total: str, number: str = "") -> str:
    head = f"{shop}\n12 rue des Lilas\n75019 Paris\n"
    numbered = f"Ticket n° {number}\n" if number else ""
    return f"{head}{numbered}Date : {day}\nTotal HT   {net}\nTVA 20 %   {tax}\nTotal TTC  {total} EUR\n"


BAKER = receipt("Boulangerie Duval", "14/11/2026", "10,00", "2,00", "12,00")
GARAGE = receipt("Garage Moreau SARL", "15/11/2026", "50,00", "10,00", "60,00")


def read(*pages: str) -> Reading:
    return read_pages([typed(page) for page in pages], country=None)


def test_two_receipts_in_a_file_are_not_mixed():
    reading = read(BAKER, GARAGE)

    assert reading.contradictions == (Contradiction.DOCUMENTS,)
    assert (reading.merchant.value, reading.total.value) == ("Boulangerie Duval", Decimal("12.00"))
    assert reading.currency.value == "EUR"
    fields = (reading.merchant, reading.date, reading.total, reading.currency)
    assert not any(field.is_confirmed for field in fields)


def test_a_page_without_a_total_between_two_receipts_changes_nothing():
    reading = read(BAKER, "Merci de votre visite", GARAGE)

    assert reading.contradictions == (Contradiction.DOCUMENTS,)


def test_two_receipts_of_one_shop_differ_in_their_numbers():
    one = receipt("Boulangerie Duval", "14/11/2026", "10,00", "2,00", "12,00", "10233")
    other = receipt("Boulangerie Duval", "14/11/2026", "50,00", "10,00", "60,00", "10234")

    assert read(one, other).contradictions == (Contradiction.DOCUMENTS,)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(BAKER, id="a copy"),
        pytest.param(
            receipt("Boulangerie Duval", "15/11/2026", "50,00", "10,00", "60,00"), id="the same shop"
        ),
        pytest.param(receipt("Garage Moreau", "14/11/2026", "50,00", "10,00", "60,00"), id="the same day"),
        pytest.param(receipt("Garage Moreau", "15/11/2026", "10,00", "2,00", "12,00"), id="the same total"),
        pytest.param("Garage Moreau\nDate : 15/11/2026\nTotal TTC  60,00 EUR", id="a total nothing proves"),
        pytest.param("Conditions générales de vente", id="no total"),
    ],
)
def test_pages_that_may_belong_together_are_one_document(other):
    assert read(BAKER, other).contradictions == ()


def test_pages_with_one_number_are_one_document():
    one = receipt("Boulangerie Duval", "14/11/2026", "10,00", "2,00", "12,00", "10233")
    other = receipt("Garage Moreau", "15/11/2026", "50,00", "10,00", "60,00", "10233")

    assert read(one, other).contradictions == ()


HOTEL = receipt("Hôtel Kléber", "16/11/2026", "100,00", "20,00", "120,00")


def numbered(*pages: str) -> list[PageWords]:
    return [replace(typed(page), number=number) for number, page in enumerate(pages)]


def parts(*pages: str) -> list[tuple[tuple[int, ...], Decimal]]:
    found = read_pages(numbered(*pages), country=None).parts
    return [(part.pages, part.reading.total.value) for part in found]


def test_each_document_has_its_pages_and_what_it_says_by_itself():
    reading = read_pages(numbered(BAKER, GARAGE, HOTEL), country=None)

    assert [part.pages for part in reading.parts] == [(0,), (1,), (2,)]
    assert [part.reading.merchant.value for part in reading.parts] == [
        "Boulangerie Duval",
        "Garage Moreau SARL",
        "Hôtel Kléber",
    ]
    assert [part.reading.total.value for part in reading.parts] == [12, 60, 120]
    assert [part.reading.date.value.day for part in reading.parts] == [14, 15, 16]
    assert all(part.reading.total.is_confirmed for part in reading.parts)
    assert all(part.box is None and part.reading.parts == () for part in reading.parts)


def test_a_file_of_one_document_has_no_parts():
    assert read(BAKER).parts == read(BAKER, BAKER).parts == read(BAKER, "Conditions générales").parts == ()


def test_terms_behind_a_receipt_are_its_own():
    assert parts(BAKER, "Conditions générales de vente", GARAGE) == [((0, 1), 12), ((2,), 60)]


def test_terms_at_the_end_are_the_last_ones():
    assert parts(BAKER, GARAGE, "Conditions générales de vente") == [((0,), 12), ((1, 2), 60)]


def test_a_page_of_items_goes_with_the_total_that_follows_under_its_number():
    items = "Garage Moreau SARL\nFacture n° 77120\nVidange   20,00\nPneus     30,00"
    garage = receipt("Garage Moreau SARL", "15/11/2026", "50,00", "10,00", "60,00", "77120")
    baker = receipt("Boulangerie Duval", "14/11/2026", "10,00", "2,00", "12,00", "10233")

    assert parts(baker, items, garage) == [((0,), 12), ((1, 2), 60)]


def test_a_copy_of_a_receipt_is_no_document_of_its_own():
    assert parts(BAKER, GARAGE, BAKER) == [((0, 2), 12), ((1,), 60)]


def test_once_there_are_several_a_total_that_nothing_proves_is_one_more():
    kiosk = "Kiosque Lumen\n13001 Marseille\nDate : 17/11/2026\nTotal TTC  4,20 EUR"

    assert parts(BAKER, GARAGE, kiosk) == [((0,), 12), ((1,), 60), ((2,), Decimal("4.20"))]


def test_where_a_page_was_not_read_nothing_is_to_be_split():
    unread = PageWords((), 1, 1, Source.OCR, number=2, is_unread=True)

    reading = read_pages([*numbered(BAKER, GARAGE), unread], country=None)

    assert reading.contradictions == (Contradiction.DOCUMENTS,)
    assert reading.parts == ()


def test_nor_where_there_are_very_many():
    pages = [
        receipt(
            f"Garage {chr(65 + n) * 6}",
            f"{n + 1:02d}/11/2026",
            f"{5 * (n + 1)},00",
            f"{n + 1},00",
            f"{6 * (n + 1)},00",
        )
        for n in range(11)
    ]

    assert len(read_pages(numbered(*pages[:10]), country=None).parts) == 10
    assert read_pages(numbered(*pages), country=None).contradictions == (Contradiction.DOCUMENTS,)
    assert read_pages(numbered(*pages), country=None).parts == ()


COVER = "Cabinet Perrin\nParis, le 30/11/2026\nMadame, Monsieur,\nveuillez trouver ci-joint notre envoi."


def test_a_cover_before_an_invoice_is_no_document():
    reading = read(COVER, GARAGE)

    assert (reading.merchant.value, reading.date.value.day) == ("Garage Moreau SARL", 15)
    assert (reading.total.value, reading.total.is_confirmed) == (60, True)
    assert reading.contradictions == ()


def test_one_that_names_the_amount_is_none_either():
    assert read(f"{COVER}\nMontant joint : 60,00 EUR", GARAGE).merchant.value == "Garage Moreau SARL"


def test_before_several_documents_it_is_left_out_as_well():
    assert parts(COVER, BAKER, GARAGE) == [((1,), 12), ((2,), 60)]


def test_a_first_page_with_amounts_of_its_own_is_part_of_the_invoice():
    items = "Garage Moreau SARL\n69002 Lyon\nVidange  20,00\nPneus  30,00"

    assert parts_of_lines(items, GARAGE) == 2


def test_so_is_one_with_the_day_that_only_it_is_sure_of():
    head = "Atelier Perrin\nDate de facture : 30/11/2026"
    rest = GARAGE.replace("Date : 15/11/2026", "15/11/2026")

    assert parts_of_lines(head, rest) == 2


def parts_of_lines(*pages: str) -> int:
    """How many pages are left where a cover is left out."""
    lines = [lines_of([page]) for page in numbered(*pages)]
    return len(after_cover(lines, lambda found: read_lines(found, country=None)))


def beside(*papers: str, gap: float = 40, tilt: float = 0.0) -> PageWords:
    """Papers laid side by side in one picture."""
    left, words = 0.0, []
    pages = [typed(paper, Source.OCR) for paper in papers]
    for page in pages:
        for word in page.words:
            down = tilt * (word.left + left)
            aside = -tilt * word.top
            words.append(
                replace(
                    word,
                    left=word.left + left + aside,
                    right=word.right + left + aside,
                    top=word.top + down,
                    bottom=word.bottom + down,
                )
            )
        left += page.width - 80 + gap
    height = max(page.height for page in pages) + abs(tilt) * left
    return PageWords(tuple(words), left + 80, height, Source.OCR)


def above(*papers: str) -> PageWords:
    """Papers laid one above the other in one picture."""
    top, words = 0.0, []
    pages = [typed(paper, Source.OCR) for paper in papers]
    for page in pages:
        words += [replace(word, top=word.top + top, bottom=word.bottom + top) for word in page.words]
        top += page.height
    return PageWords(tuple(words), max(page.width for page in pages), top, Source.OCR)


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(beside(BAKER, GARAGE), id="side by side"),
        pytest.param(beside(BAKER, GARAGE, tilt=0.05), id="at a tilt"),
        pytest.param(above(BAKER, GARAGE), id="one above the other"),
    ],
)
def test_two_receipts_in_a_photo_are_told_apart(picture):
    reading = read_pages([picture], country=None)

    assert reading.contradictions == (Contradiction.DOCUMENTS,)
    assert [part.pages for part in reading.parts] == [(0,), (0,)]
    assert [part.reading.total.value for part in reading.parts] == [12, 60]
    assert [part.reading.merchant.value for part in reading.parts] == [
        "Boulangerie Duval",
        "Garage Moreau SARL",
    ]
    boxes = [part.box for part in reading.parts]
    assert boxes[0][2] < boxes[1][0] + 0.1 or boxes[0][3] < boxes[1][1]
    assert all(0 <= edge <= 1 for box in boxes for edge in box)


def test_three_in_a_photo_too():
    reading = read_pages([beside(BAKER, GARAGE, HOTEL)], country=None)

    assert [part.reading.total.value for part in reading.parts] == [12, 60, 120]


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(above(BAKER, BAKER), id="a copy"),
        pytest.param(above(BAKER, "Carte bancaire\nTotal EUR 12,00\nMerci"), id="its card slip"),
        pytest.param(beside(BAKER, "Garage Moreau\nTotal TTC  60,00 EUR"), id="another that nothing proves"),
        pytest.param(beside(BAKER, GARAGE, gap=2), id="no gap"),
    ],
)
def test_a_photo_that_may_show_one_document_is_not_cut(picture):
    assert read_pages([picture], country=None).parts == ()


def test_a_receipt_in_two_photos_is_not_split_nor_merged():
    upper, lower = "\n".join(BAKER.splitlines()[:4]), "\n".join(BAKER.splitlines()[4:])

    assert read(upper, lower).parts == ()
