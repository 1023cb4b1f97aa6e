"""Where lines, cells, blocks and regions of print begin and end, one case on each side."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2_raw
import pytest
from reportlab.pdfgen.canvas import Canvas

from functions.document_reading.reading.model import PageWords, Place, Source, Word
from functions.document_reading.reading.print.glyphs import Glyph, upright, words_of
from functions.document_reading.reading.print.layout import is_receipt_layout
from functions.document_reading.reading.print.lines import Line, lines_of
from functions.document_reading.reading.print.page_view import view_of
from functions.document_reading.reading.print.places import place_of_name, place_of_number, place_of_text
from functions.document_reading.reading.print.regions import MOST_REGIONS, regions_of
from functions.document_reading.reading.print.sections import Party, blocks_of, party_of_heading
from functions.document_reading.reading.print.text_layer import open_pdf
from functions.document_reading.reading.print.wrapped import without_wraps
from functions.document_reading.reading.read_document import text_pages
from tests.unit.document_reading.papers.sheets import Sheet
from tests.unit.document_reading.papers.typewriter import typed


def page_of(*words: Word, source: Source = Source.TEXT) -> PageWords:
    """A page of 1000 by 1000."""
    return PageWords(words, 1000, 1000, source)


def texts(*words: Word) -> list[str]:
    return [line.text for line in lines_of([page_of(*words)])]


@pytest.mark.parametrize(("top", "lines"), [(5, ["a b"]), (5.1, ["a", "b"]), (20, ["a", "b"])])
def test_words_stand_on_one_line_if_they_overlap_by_half(top, lines):
    assert texts(Word("a", 0, 0, 10, 10), Word("b", 20, top, 30, top + 10)) == lines


def test_a_small_word_stands_on_the_line_of_the_large_one_beside_it():
    assert texts(Word("Total", 0, 0, 50, 40), Word("x", 60, 34, 70, 42)) == ["Total x"]


def test_a_word_goes_to_the_line_that_it_overlaps_most():
    lines = texts(Word("a", 0, 0, 10, 10), Word("b", 0, 9, 10, 19), Word("c", 20, 6, 30, 16))

    assert lines == ["a", "b c"]


def test_a_word_that_overlaps_two_lines_alike_goes_to_the_later_one():
    lines = texts(Word("a", 0, 0, 10, 10), Word("b", 1, 10, 11, 20), Word("c", 20, 5, 30, 15))

    assert lines == ["a", "b c"]


def test_a_word_without_height_stands_on_no_other_line():
    assert texts(Word("a", 0, 0, 10, 10), Word("b", 20, 5, 30, 5)) == ["a", "b"]


@pytest.mark.parametrize(("left", "cells"), [(20, ["a b"]), (20.1, ["a", "b"])])
def test_a_gap_wider_than_the_print_is_high_parts_cells(left, cells):
    (line,) = lines_of([page_of(Word("a", 0, 0, 10, 10), Word("b", left, 0, left + 10, 12))])

    assert [cell.text for cell in line.cells] == cells


@pytest.mark.parametrize(("heights", "height"), [([10, 20], 20), ([10, 20, 30], 20), ([30, 10, 10], 10)])
def test_the_size_of_print_is_that_of_its_middle_word(heights, height):
    words = [Word("abc", 40 * n, 0, 40 * n + 38, size) for n, size in enumerate(heights)]

    (line,) = lines_of([page_of(*words)])

    assert line.cells[0].height == height


def test_print_of_any_size_stands_on_lines():
    assert texts(Word("a", 0, 0, 1, 1), Word("b", 1.5, 0, 2.5, 1)) == ["a b"]


def test_lines_stand_in_the_order_of_their_middles():
    assert texts(Word("low", 0, 10, 10, 20), Word("high", 40, 0, 50, 10)) == ["high", "low"]


def test_a_line_has_its_pages_place_in_the_file():
    pages = [replace(page_of(Word("a", 0, 0, 10, 10)), number=3), page_of(Word("b", 0, 0, 10, 10))]

    assert [(line.page, line.page_number) for line in lines_of(pages)] == [(0, 3), (1, 0)]


@pytest.mark.parametrize(("count", "kept"), [(5_000, 5_000), (5_001, 5_000)])
def test_of_a_page_with_very_many_words_the_first_are_read(count, kept):
    words = [
        Word("a", 20 * (n % 20), 20 * (n // 20), 20 * (n % 20) + 10, 20 * (n // 20) + 10)
        for n in range(count)
    ]

    lines = lines_of([PageWords(tuple(words), 10_000, 10_000, Source.TEXT)])

    assert sum(len(line.words) for line in lines) == kept


@pytest.mark.parametrize(("count", "kept"), [(500, 500), (501, 500)])
def test_of_a_page_with_very_many_lines_the_first_are_read(count, kept):
    words = [Word("a", 0, 20 * n, 10, 20 * n + 10) for n in range(count)]

    assert len(lines_of([page_of(*words)])) == kept


@pytest.mark.parametrize(
    ("lengths", "kept"),
    [([400 - 1], [399]), ([400], [400]), ([401], [400]), ([199, 199], [199, 199]), ([199, 200], [199])],
)
def test_a_line_is_read_as_far_as_a_line_of_a_document_goes(lengths, kept):
    words = [Word("a" * length, 100 * n, 0, 100 * n + 99, 10) for n, length in enumerate(lengths)]

    (line,) = lines_of([page_of(*words)])

    assert [len(word.text) for word in line.words] == kept


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ((0, 1), (0, 0.0, 0.0, 0.1, 0.01)),
        ((1, 2), None),
        ((1, 3), (0, 0.12, 0.0, 0.22, 0.01)),
        ((0, 3), (0, 0.0, 0.0, 0.22, 0.01)),
        ((3, 4), (0, 0.12, 0.0, 0.22, 0.01)),
        ((4, 5), None),
        ((5, 6), (0, 0.3, 0.0, 0.4, 0.01)),
    ],
)
def test_a_piece_of_a_line_stands_where_its_words_do(text, place):
    words = Word("a", 0, 0, 100, 10), Word("bc", 120, 0, 220, 10), Word("d", 300, 0, 400, 10)
    (line,) = lines_of([page_of(*words)])

    assert place_of_text(line, *text) == (None if place is None else Place(*place))


def test_a_place_is_within_its_page():
    (line,) = lines_of([page_of(Word("Ahorn", -50, 10, 1050, 20))])

    assert place_of_name(line, "Ahorn") == Place(0, 0.0, 0.01, 1.0, 0.02)


def test_a_place_is_told_to_a_ten_thousandth_of_the_page():
    (line,) = lines_of([page_of(Word("Ahorn", 123.456, 0, 200, 10))])

    assert place_of_name(line, "Ahorn").left == 0.1235


@pytest.mark.parametrize("size", [0.0, 1e-9])
def test_on_a_page_without_size_everything_stands_at_its_edge(size):
    (line,) = lines_of([PageWords((Word("Ahorn", 0.5, 0, 1, 1),), size, size, Source.TEXT)])

    assert place_of_name(line, "Ahorn") == Place(0, 1.0, 0.0, 1.0, 1.0)


def test_a_number_without_letters_or_figures_stands_nowhere():
    assert place_of_number(lines_of([typed("No. 4711")]), "--") is None


def cells_below(text: str) -> list[str]:
    """The texts of the first block."""
    block, *_others = blocks_of(lines_of([typed(text)]))
    return [cell.text for _index, cell in block.cells]


@pytest.mark.parametrize(("rows", "kept"), [(14, 14), (15, 14)])
def test_a_block_has_at_most_fourteen_lines(rows, kept):
    assert len(cells_below("Verkäufer\n" + "Ahorn\n" * rows)) == kept


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Verkäufer\nAhorn\nHolzweg", ["Ahorn", "Holzweg"]),
        ("Verkäufer\nAhorn\n\nHolzweg", ["Ahorn"]),
        ("Verkäufer\n\n\nAhorn", ["Ahorn"]),
        ("Verkäufer\n\n\n\nAhorn", []),
        ("Verkäufer\nPos  Menge  Preis  Steuer\nAhorn", ["Pos", "Menge", "Preis", "Steuer", "Ahorn"]),
        ("Verkäufer\nPos  Menge  Preis  Steuer  Betrag\nAhorn", []),
        ("Verkäufer\nKäufer\nAhorn", []),
        ("Verkäufer\n           Ahorn", ["Ahorn"]),
        ("          Verkäufer\nAhorn\n          Birke", ["Birke"]),
        ("     Verkäufer\n    Ahorn", ["Ahorn"]),
        ("     Verkäufer\n   Ahorn", []),
        ("Verkäufer      Käufer\nAhorn          Birke", ["Ahorn"]),
        ("Verkäufer      Käufer\nAhorn         Birke", ["Ahorn", "Birke"]),
    ],
)
def test_a_block_goes_down_its_column_to_a_gap_a_heading_or_a_table(text, cells):
    assert cells_below(text) == cells


def test_a_block_ends_with_its_page():
    pages = [typed("Verkäufer"), typed("Ahorn")]

    (block,) = blocks_of(lines_of(pages))

    assert block.cells == ()


def sheet_lines(*put: tuple[float, float, str, float]) -> list[Line]:
    sheet = Sheet()
    for one in put:
        sheet.put(*one)
    return lines_of([sheet.as_page()])


@pytest.mark.parametrize(("top", "count"), [(46, 1), (46.1, 0)])
def test_below_its_heading_a_block_may_be_three_times_as_far_as_its_print_is_high(top, count):
    (block,) = blocks_of(sheet_lines((60, 0, "Verkäufer", 10), (60, top, "Ahorn", 10)))

    assert len(block.cells) == count


@pytest.mark.parametrize(("top", "count"), [(45.2, 2), (45.4, 1)])
def test_within_a_block_lines_are_nearer_to_each_other(top, count):
    lines = sheet_lines((60, 0, "Verkäufer", 10), (60, 20, "Ahorn", 10), (60, top, "Birke", 10))

    (block,) = blocks_of(lines)

    assert len(block.cells) == count


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Verkäufer", Party.SELLER),
        ("Käufer", Party.BUYER),
        ("Verkäufer und Käufer", None),
        ("Käufer / Kunde", Party.BUYER),
        ("Käufer" + ":" * 34, Party.BUYER),
        ("Käufer" + ":" * 35, None),
        ("Ahorn", None),
    ],
)
def test_a_heading_is_one_partys_and_short(text, party):
    assert party_of_heading(text) is party


@pytest.mark.parametrize(
    ("text", "count"),
    [("Konto:   Verkäufer", 0), ("Konto   Verkäufer", 1), ("Verkäufer", 1), ("Verkäufer:", 1)],
)
def test_what_stands_behind_a_label_is_its_value_and_no_heading(text, count):
    assert len(blocks_of(lines_of([typed(f"{text}\nAhorn")]))) == count


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Total  450.\n00", ["Total 450.00"]),
        ("Total  450.0\n0", ["Total 450.00"]),
        ("Total  450.0\n00", ["Total 450.0", "00"]),
        ("Total  450.\n0", ["Total 450.", "0"]),
        ("Total  450.\n00 EUR", ["Total 450.", "00 EUR"]),
    ],
)
def test_decimals_belong_to_the_amount_that_they_make_whole(text, lines):
    assert [line.text for line in without_wraps(lines_of([typed(text)]))] == lines


def test_decimals_on_the_next_page_belong_to_no_amount():
    lines = without_wraps(lines_of([typed("Total  450."), typed("00")]))

    assert [line.text for line in lines] == ["Total 450.", "00"]


def test_an_amount_put_together_is_as_sure_as_its_less_sure_part():
    above, below = typed("Total  450.", confidence=0.9), typed("\n00", confidence=0.8)
    page = replace(above, words=(*above.words, *below.words), height=200)

    (line,) = without_wraps(lines_of([page]))

    assert line.words[-1].confidence == 0.8


def rows_of(*groups: tuple[float, float], count: int = 2) -> PageWords:
    """Groups of words, each at a place, ten high and a hundred wide."""
    return page_of(
        *(
            Word("word", left, top + 12 * row, left + 100, top + 12 * row + 10)
            for left, top in groups
            for row in range(count)
        ),
        source=Source.OCR,
    )


def regions(page: PageWords) -> list[int]:
    return [len(one.words.words) for one in regions_of(page, lambda part: len(part.words) >= 2)]


@pytest.mark.parametrize(("left", "found"), [(115, []), (115.1, [2, 2])])
def test_a_gap_is_wider_than_one_and_a_half_times_the_print_is_high(left, found):
    assert regions(rows_of((0, 0), (left, 0))) == found


@pytest.mark.parametrize(("top", "found"), [(37, []), (37.1, [2, 2])])
def test_so_is_one_between_papers_that_lie_one_above_the_other(top, found):
    assert regions(rows_of((0, 0), (0, top))) == found


@pytest.mark.parametrize("right", [200, -200])
def test_what_is_no_paper_beside_one_is_not_cut_off(right):
    page = rows_of((0, 0))
    beside = Word("word", right, 0, right + 100, 10)

    assert regions(replace(page, words=(*page.words, beside))) == []


def test_regions_are_read_from_the_left_then_from_the_top():
    found = regions_of(rows_of((200, 0), (0, 0), (0, 100)), lambda part: len(part.words) >= 2)

    assert [one.box[:2] for one in found] == [(0.0, 0.0), (0.0, 0.1), (0.2, 0.0)]


def test_a_region_has_a_box_within_the_page():
    page = replace(rows_of((-20, 0), (900, 0)), width=950)

    assert next(one.box for one in regions_of(page, lambda _part: True))[0] == 0.0
    assert [one.box for one in regions_of(page, lambda _part: True)][-1][2] == 1.0


@pytest.mark.parametrize(("papers", "found"), [(2, 2), (8, 8), (9, 8)])
def test_a_page_is_cut_into_eight_papers_at_most(papers, found):
    places = [(0.0, 100.0 * number) for number in range(papers)]

    assert len(regions_of(rows_of(*places), lambda part: len(part.words) >= 2)) == found
    assert MOST_REGIONS == 8


@pytest.mark.parametrize(("words", "found"), [(1_000, 2), (1_001, 0)])
def test_a_page_of_very_many_words_is_not_cut(words, found):
    half = [Word("a", 0, 12 * n, 10, 12 * n + 10) for n in range(words // 2)]
    other = [Word("a", 100, 12 * n, 110, 12 * n + 10) for n in range(words - words // 2)]

    def is_paper(part: PageWords) -> bool:
        return len(part.words) >= 500

    assert len(regions_of(page_of(*half, *other), is_paper)) == found


@pytest.mark.parametrize(("gaps", "is_cut"), [(3, True), (4, False)])
def test_of_many_gaps_the_widest_three_are_tried(gaps, is_cut):
    tops = [0.0]
    for number in range(gaps):
        tops.append(tops[-1] + 10 + 100 - 10 * number)
    words = [Word("a", left, top, left + 10, top + 10) for top in tops for left in (0, 990)]

    def is_paper(part: PageWords) -> bool:
        return {word.top for word in part.words} in ({tops[-1]}, set(tops[:-1]))

    assert bool(regions_of(page_of(*words), is_paper)) is is_cut


@pytest.mark.parametrize(("widths", "is_receipt"), [([3], False), ([4], True), ([4, 3, 3], True)])
def test_what_is_shorter_than_four_characters_says_nothing_of_the_print(widths, is_receipt):
    words = [Word("x" * width, 0, 20 * n, 6 * width, 20 * n + 10) for n, width in enumerate(widths)]

    assert is_receipt_layout(lines_of([page_of(*words, source=Source.OCR)])) is is_receipt


@pytest.mark.parametrize(("right", "is_receipt"), [(384, True), (385, False)])
def test_a_receipt_has_at_most_sixty_four_characters_across(right, is_receipt):
    words = Word("Total", 0, 0, 30, 10), Word("12.50", right - 30, 0, right, 10)

    assert is_receipt_layout(lines_of([page_of(*words, source=Source.OCR)])) is is_receipt


def test_words_without_width_say_nothing_of_the_print():
    assert not is_receipt_layout(lines_of([page_of(Word("Total", 5, 0, 5, 10))]))


@pytest.mark.parametrize(("width", "is_receipt"), [(690, True), (691, False), (789, False), (790, True)])
def test_a_set_sheet_has_the_shape_of_paper(width, is_receipt):
    words = Word("TOTAL", 0, 10, 60, 20), Word("12.50", 440, 10, 500, 20)

    page = PageWords(words, width, 1000, Source.TEXT)

    assert is_receipt_layout(lines_of([page])) is is_receipt


@pytest.mark.parametrize(("left", "count"), [(194.2, 1), (195, 0)])
def test_a_column_ends_half_a_line_before_the_next_heading(left, count):
    lines = sheet_lines((60, 0, "Verkäufer", 10), (200, 0, "Käufer", 10), (left, 15, "Ahorn", 10))

    assert len(blocks_of(lines)[0].cells) == count


def test_a_page_that_is_drawn_as_it_is_shown_is_measured_from_its_upper_left_corner(tmp_path):
    path = tmp_path / "page.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.showPage()
    canvas.save()

    with open_pdf(path) as pdf, pdf.page(0) as page:
        view = view_of(page, pypdfium2_raw)

    assert (view.width, view.height, view.origin) == (595, 842, (0, 842))
    assert (view.to_the_right, view.upwards) == ((1, 0), (0, -1))
    assert view.box(10, 20, 30, 50) == (10, 792, 30, 822)


def test_of_a_text_layer_the_pages_that_have_words_are_read(tmp_path):
    path = tmp_path / "pages.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.showPage()
    canvas.drawString(60, 700, "Total 12.50")
    canvas.save()

    with open_pdf(path) as pdf:
        pages = text_pages(pdf)

    assert [page.number for page in pages] == [1]


@pytest.mark.parametrize(("left", "found"), [(10.1, ["ab"]), (10, ["a", "b"])])
def test_a_glyph_that_goes_back_by_its_height_begins_a_word(left, found):
    wide = Glyph("a", 0, 0, 20, 10), Glyph("b", left, 0, left + 20, 10)

    assert [word.text for word in words_of(wide)] == found


def glyphs(*places: tuple[str, float, float]) -> list[Glyph]:
    """Glyphs six wide and ten high."""
    return [Glyph(character, left, top, left + 6, top + 10) for character, left, top in places]


def words(*places: tuple[str, float, float]) -> list[str]:
    return [word.text for word in words_of(glyphs(*places))]


@pytest.mark.parametrize(
    ("left", "top", "found"),
    [
        (6, 0, ["ab"]),
        (7.9, 0, ["ab"]),
        (8, 0, ["a", "b"]),
        (-1, 0, ["ab"]),
        (-1.1, 0, ["a", "b"]),
        (6, 14.9, ["ab"]),
        (6, 15, ["a", "b"]),
        (6, -15, ["a", "b"]),
    ],
)
def test_glyphs_are_of_one_word_where_less_than_a_blank_is_between_them(left, top, found):
    assert words(("a", 0, 0), ("b", left, top)) == found


def test_a_blank_that_was_guessed_counts_from_a_narrower_gap():
    guessed = Glyph(" ", 6, 10, 6, 10)
    near, far = ([*glyphs(("a", 0, 0)), guessed, *glyphs(("b", left, 0))] for left in (7.2, 7.4))

    assert [[word.text for word in words_of(some)] for some in (near, far)] == [["ab"], ["a", "b"]]


@pytest.mark.parametrize(
    "blank", [Glyph(" ", 6, 0, 6, 10), Glyph(" ", 6, 10, 7, 10), Glyph("\t", 6, 10, 6, 10)]
)
def test_a_blank_that_takes_place_parts_words(blank):
    assert [word.text for word in words_of([*glyphs(("a", 0, 0)), blank, *glyphs(("b", 6, 0))])] == ["a", "b"]


@pytest.mark.parametrize(
    ("across", "down", "first"),
    [
        (6, 0, (0, 0)),
        (6, 6, (0, 0)),
        (-6, 0, (94, 190)),
        (-6, -6, (94, 190)),
        (0, 10, (0, 94)),
        (0, -10, (190, 0)),
        (0, 0, (0, 0)),
    ],
)
def test_text_is_turned_the_way_that_its_glyphs_follow_each_other(across, down, first):
    turned, _width, _height, _angle = upright(glyphs(("a", 0, 0), ("b", across, down)), 100, 200)

    assert (turned[0].left, turned[0].top) == first


def test_blanks_do_not_say_which_way_text_runs():
    run = glyphs(("a", 0, 0), ("b", 6, 0), (" ", 0, 50), ("c", 0, 100), (" ", 0, 150), ("d", 0, 200))

    assert upright(run, 100, 200)[3] == 0.0


def test_of_very_many_glyphs_the_first_thousand_say_which_way_text_runs():
    down = [("a", 0.0, 10.0 * n) for n in range(501)]
    across = [("a", 6.0 * n, 5_000.0) for n in range(1, 2_000)]

    assert upright(glyphs(*down, *across), 10_000, 10_000)[3] == upright(glyphs(*down), 10_000, 10_000)[3]
