from __future__ import annotations

import math

import pytest

from functions.document_reading.ocr.text_boxes import Point, TextBox, Turn
from functions.document_reading.ocr.text_lines import Character, TextLine, words_of

STAY = Turn(0, 400, 100)
PITCH = 20.0


def line(
    text: str, *, unsure: dict[int, float] | None = None, gaps: dict[int, float] | None = None
) -> TextLine:
    """A line of evenly wide characters that begins at (40, 30), with further space before some of them."""
    places, place = [], 0.0
    for index in range(len(text)):
        place += (gaps or {}).get(index, 0.0)
        places.append(place + PITCH / 2)
        place += PITCH
    box = TextBox(Point(40, 30), Point(40 + place, 30), Point(40 + place, 54), Point(40, 54))
    characters = [
        Character(character, where / place, (unsure or {}).get(index, 0.99))
        for index, (character, where) in enumerate(zip(text, places, strict=True))
    ]
    return TextLine(box, tuple(characters))


def texts(line: TextLine) -> list[str]:
    return [word.text for word in words_of(line, STAY)]


def test_splits_a_line_at_its_spaces():
    assert texts(line("TOTAL RM 39.80")) == ["TOTAL", "RM", "39.80"]


def test_splits_a_line_where_a_column_ends_without_a_space():
    assert texts(line("TOTAL39.80", gaps={5: 60})) == ["TOTAL", "39.80"]


def test_print_that_is_spaced_out_stays_one_word():
    spaced = dict.fromkeys(range(1, 5), 18.0)

    assert texts(line("TOTAL", gaps=spaced)) == ["TOTAL"]


def test_words_stand_where_their_characters_were_seen():
    _, amount = words_of(line("TOTAL 39.80"), STAY)

    assert (amount.left, amount.top, amount.right, amount.bottom) == pytest.approx((160, 30, 260, 54))


def test_a_lone_character_is_narrower_than_it_is_high():
    (word,) = words_of(line("1"), STAY)

    assert word.right - word.left < word.height


def test_words_are_turned_upright_with_their_picture():
    quarter = Turn(math.radians(-90), 400, 100)
    lying = line("39.80")
    downwards = TextLine(Turn(math.radians(90), 100, 400).apply_to_box(lying.box), lying.characters)

    (word,) = words_of(downwards, quarter)

    assert word.right - word.left == pytest.approx(100)
    assert word.height == pytest.approx(24)


def test_a_word_is_as_sure_as_its_worst_character():
    name, amount = words_of(line("TOTAL 39.80", unsure={7: 0.4}), STAY)

    assert (name.confidence, amount.confidence) == (0.99, 0.4)


def test_full_width_forms_become_ordinary_characters():
    assert texts(line("ＴＯＴＡＬ： （６％）")) == ["TOTAL:", "(6%)"]  # noqa: RUF001 - that is the point


def test_a_line_of_nothing_has_no_words_and_is_not_sure():
    nothing = line("")

    assert list(words_of(nothing, STAY)) == []
    assert nothing.confidence == 0


def test_a_line_of_spaces_has_no_words():
    assert texts(line("   ")) == []
