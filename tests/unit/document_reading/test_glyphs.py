"""Glyphs become words by where they stand: on one line, with less than a blank between them."""

from __future__ import annotations

from itertools import pairwise
from math import pi

import pytest

from functions.document_reading.reading.print.glyphs import Glyph, upright, words_of

HEIGHT = 10.0
WIDTH = 5.0


def run(text: str, left: float = 0.0, top: float = 0.0, gap: float = 0.0) -> list[Glyph]:
    """Letters of ten by five, one after the other."""
    glyphs = []
    for letter in text:
        glyphs.append(Glyph(letter, left, top, left + WIDTH, top + HEIGHT))
        left += WIDTH + gap
    return glyphs


def texts(glyphs: list[Glyph]) -> list[str]:
    return [word.text for word in words_of(glyphs)]


@pytest.mark.parametrize(
    ("gap", "words"), [(0.0, ["Total"]), (1.9, ["Total"]), (2.0, list("Total")), (6.0, list("Total"))]
)
def test_a_gap_of_a_fifth_of_the_print_parts_words(gap, words):
    assert texts(run("Total", gap=gap)) == words


@pytest.mark.parametrize(("gap", "words"), [(1.2, ["ab"]), (1.4, ["a", "b"])])
def test_where_pdfium_guesses_a_blank_less_will_do(gap, words):
    guessed = Glyph(" ", 5, 0, 5, 0)
    a, b = run("a")[0], run("b", left=WIDTH + gap)[0]

    assert texts([a, guessed, b]) == words


def test_a_guessed_blank_counts_for_the_next_glyph_only():
    guessed = Glyph(" ", 5, 0, 5, 0)
    a, b, c = run("a")[0], run("b", left=5)[0], run("c", left=11.5)[0]

    assert texts([a, guessed, b, c]) == ["abc"]


@pytest.mark.parametrize("blank", [" ", "\t", "\n", "\x02"])
def test_a_blank_that_takes_room_parts_words_though_none_is_seen(blank):
    a, b = run("a")[0], run("b", left=5.5)[0]

    assert texts([a, Glyph(blank, 5, 0, 5.5, 10), b]) == ["a", "b"]


@pytest.mark.parametrize(("left", "words"), [(-4.0, ["ab"]), (-7.0, ["a", "b"])])
def test_a_glyph_drawn_over_the_last_one_goes_on_but_none_before_it(left, words):
    a = run("a", left=20)[0]

    assert texts([a, run("b", left=25 + left)[0]]) == words


@pytest.mark.parametrize(
    ("top", "words"), [(0.0, ["ab"]), (9.0, ["ab"]), (14.9, ["ab"]), (15.1, ["a", "b"]), (-15.1, ["a", "b"])]
)
def test_glyphs_of_other_lines_are_other_words(top, words):
    assert texts([run("a")[0], run("b", left=5, top=top)[0]]) == words


def test_a_small_glyph_beside_a_large_one_is_measured_by_the_large_one():
    small = Glyph("2", 21.0, 0.0, 23.0, 4.0)

    assert texts([Glyph("m", 0, 0, 18, 20), small]) == ["m2"]


def test_a_words_box_holds_all_its_glyphs():
    [word] = words_of([Glyph("p", 3, 2, 8, 14), Glyph("A", 8, 0, 14, 11)])

    assert (word.left, word.top, word.right, word.bottom) == (3, 0, 14, 14)


def test_no_glyphs_are_no_words():
    assert words_of([]) == ()


SHOWN = (200.0, 100.0)
"""The width and the height of a page."""


def turned(direction: str) -> list[Glyph]:
    """`Total` running that way from the middle of the page."""
    steps = {"right": (6, 0), "left": (-6, 0), "down": (0, 6), "up": (0, -6)}
    across, down = steps[direction]
    return [
        Glyph(letter, 100 + across * index, 50 + down * index, 105 + across * index, 55 + down * index)
        for index, letter in enumerate("Total")
    ]


@pytest.mark.parametrize(
    ("direction", "size", "first"),
    [
        ("right", (200, 100), (100, 50, 105, 55)),
        ("left", (200, 100), (95, 45, 100, 50)),
        ("down", (100, 200), (50, 95, 55, 100)),
        ("up", (100, 200), (45, 100, 50, 105)),
    ],
)
def test_text_is_turned_so_that_it_runs_to_the_right(direction, size, first):
    glyphs, width, height, turn = upright(turned(direction), *SHOWN)

    assert (width, height) == size
    assert turn == {"right": 0, "left": pi, "down": -pi / 2, "up": pi / 2}[direction]
    assert (glyphs[0].left, glyphs[0].top, glyphs[0].right, glyphs[0].bottom) == first
    assert all(one.left < other.left and one.top == other.top for one, other in pairwise(glyphs))


def test_what_most_glyphs_say_decides_how_the_text_runs():
    stamp, text = turned("up")[:2], run("Invoice total") + run("to be paid", top=20)

    glyphs, width, height, turn = upright([*stamp, *text], *SHOWN)

    assert (width, height, turn) == (*SHOWN, 0)
    assert glyphs[-1] == text[-1]


def test_only_so_many_glyphs_are_asked():
    first, others = run("ab " * 600), turned("up") * 600

    _, width, height, _ = upright([*first, *others], *SHOWN)

    assert (width, height) == SHOWN


def test_blanks_do_not_say_how_the_text_runs():
    blanks = [Glyph(" ", 0, 100 - index, 1, 101 - index) for index in range(50)]

    _, width, height, _ = upright([*blanks, *run("Total")], *SHOWN)

    assert (width, height) == SHOWN


def test_a_page_without_text_stays_as_it_is():
    assert upright([], *SHOWN) == ([], *SHOWN, 0)
