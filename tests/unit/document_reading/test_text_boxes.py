from __future__ import annotations

import math

import pytest

from functions.document_reading.ocr.text_boxes import (
    Point,
    TextBox,
    Turn,
    affordable,
    is_sideways,
    upright_turn,
)

WIDTH, HEIGHT = 600.0, 1000.0


def box(left: float, top: float, length: float, thickness: float = 20) -> TextBox:
    right, bottom = left + length, top + thickness
    return TextBox(Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom))


PAGE = [box(50, 100 + 40 * row, 120 + 60 * (row % 4)) for row in range(12)]


def photographed(boxes: list[TextBox], degrees: float) -> list[TextBox]:
    """As they lie where the paper was turned clockwise."""
    turn = Turn(math.radians(degrees), WIDTH, HEIGHT)
    return [turn.apply_to_box(box) for box in boxes]


def as_detected(boxes: list[TextBox]) -> list[TextBox]:
    """A detector knows places, but not where the text begins: it starts with the leftmost two corners."""
    return [_by_place(box).as_if_across() for box in boxes]


def _by_place(box: TextBox) -> TextBox:
    corners = [box.upper_left, box.upper_right, box.lower_right, box.lower_left]
    left, right = sorted(corners)[:2], sorted(corners)[2:]
    upper_left, lower_left = sorted(left, key=lambda corner: corner.y)
    upper_right, lower_right = sorted(right, key=lambda corner: corner.y)
    return TextBox(upper_left, upper_right, lower_right, lower_left)


def assert_same_box(box: TextBox, other: TextBox) -> None:
    for corner in ("upper_left", "upper_right", "lower_right", "lower_left"):
        assert getattr(box, corner) == pytest.approx(getattr(other, corner), abs=0.01)


@pytest.mark.parametrize("degrees", [0, 4, -7, 20, 90, 86, 180, 176, -173, 270, -84])
def test_straightens_the_words_of_a_paper_however_it_lies(degrees: float):
    lying = photographed(PAGE, degrees)
    picture = Turn(math.radians(degrees), WIDTH, HEIGHT)

    turn = upright_turn(lying, picture.turned_width, picture.turned_height)

    middle = Point(turn.turned_width / 2 - WIDTH / 2, turn.turned_height / 2 - HEIGHT / 2)
    for straightened, original in zip(map(turn.apply_to_box, lying), PAGE, strict=True):
        assert straightened.angle == pytest.approx(0, abs=1e-6)
        assert straightened.upper_left == pytest.approx(
            (original.upper_left.x + middle.x, original.upper_left.y + middle.y), abs=0.01
        )


def test_a_few_crooked_lines_do_not_tilt_the_page():
    stamp = photographed([box(200, 600, 150)], 30)

    turn = upright_turn([*photographed(PAGE, 3), *stamp], WIDTH, HEIGHT)

    assert math.degrees(turn.angle) == pytest.approx(-3)


def test_short_boxes_whose_direction_is_chance_do_not_count():
    digits = photographed([box(500, 100 + 40 * row, 18) for row in range(200)], 40)

    turn = upright_turn([*PAGE, *digits], WIDTH, HEIGHT)

    assert turn.angle == pytest.approx(0)


def test_a_picture_without_text_stays_as_it_is():
    turn = upright_turn([], WIDTH, HEIGHT)

    assert (turn.angle, turn.turned_width, turn.turned_height) == (0, WIDTH, HEIGHT)


@pytest.mark.parametrize(
    ("degrees", "sideways"), [(0, False), (12, False), (180, False), (90, True), (98, True), (262, True)]
)
def test_sees_that_a_page_lies_on_its_side(degrees: float, sideways: bool):
    detected = as_detected(photographed(PAGE, degrees))

    assert is_sideways(detected) is sideways


def test_lone_digits_do_not_lay_a_page_on_its_side():
    ones = [box(500, 100 + 40 * row, 8) for row in range(12)]

    assert not is_sideways([*PAGE, *ones])


def test_text_that_runs_down_is_read_from_the_right_upper_corner():
    (detected,) = as_detected(photographed([box(50, 100, 200)], 90))

    turned = detected.turned_by_quarters(1)

    assert math.degrees(turned.angle) == pytest.approx(90)
    assert turned.upper_left == detected.upper_right
    assert (turned.length, turned.thickness) == pytest.approx((200, 20))


def test_four_quarters_are_no_turn():
    assert PAGE[0].turned_by_quarters(1).turned_by_quarters(3) == PAGE[0]


def test_a_part_of_a_box_lies_along_its_text():
    line = box(100, 50, 200)

    assert_same_box(line.part(0.25, 0.75), box(150, 50, 100))


def test_nothing_is_cut_off_by_turning():
    turn = Turn(math.radians(30), WIDTH, HEIGHT)

    corners = [turn.apply(Point(x, y)) for x in (0, WIDTH) for y in (0, HEIGHT)]

    assert min(x for x, _ in corners) == pytest.approx(0)
    assert max(x for x, _ in corners) == pytest.approx(turn.turned_width)
    assert min(y for _, y in corners) == pytest.approx(0)
    assert max(y for _, y in corners) == pytest.approx(turn.turned_height)


def test_a_picture_may_have_as_much_print_as_can_be_read_in_time():
    lines = [box(0, 30 * row, 500) for row in range(1000)]
    digits = [box(0, 30 * row, 15) for row in range(1000)]

    assert affordable(lines) == lines[:100]
    assert affordable(digits) == digits[:833]


def test_what_is_far_too_long_for_a_line_of_text_is_not_read():
    rule = box(0, 0, 2_000, 4)

    assert affordable([rule, *PAGE]) == PAGE
