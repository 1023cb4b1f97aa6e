"""Where lines of text lie on a picture, and how the picture must be turned for them to be upright.

Geometry alone: a picture that is tilted or lies on its side is never turned itself, since its lines are
cut out along their own direction anyway. Only the places of its words are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

_RIGHT_ANGLE = math.pi / 2
_CLEARLY_LONG = 2.0  # times its thickness: such a box shows which way its text runs
_LONGEST_LINE = 80.0
"""Times its thickness: beyond it there is a rule or a pattern, no text."""
_SHORTEST_LINE = 3.0
"""What a shorter one costs all the same."""
_MOST_PRINT = 2_500.0
"""All lines of a picture laid end to end, each measured by its own thickness: ten seconds of recognition."""


class Point(NamedTuple):
    """A place on a picture, from its upper left corner."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class TextBox:
    """The corners of one line of text as a reader sees them, however the picture lies."""

    upper_left: Point
    upper_right: Point
    lower_right: Point
    lower_left: Point

    @property
    def length(self) -> float:
        """How far the text runs."""
        return max(math.dist(self.upper_left, self.upper_right), math.dist(self.lower_left, self.lower_right))

    @property
    def thickness(self) -> float:
        """About the size of the print."""
        return max(math.dist(self.upper_left, self.lower_left), math.dist(self.upper_right, self.lower_right))

    @property
    def slenderness(self) -> float:
        """The longer side by the shorter one: it costs so much to recognise, whichever way it runs."""
        shorter, longer = sorted((self.length, self.thickness))
        return longer / max(shorter, 1.0)

    @property
    def angle(self) -> float:
        """The direction in which the text runs, in radians; 0 is to the right, positive is downwards."""
        upper_x, upper_y = _between(self.upper_left, self.upper_right)
        lower_x, lower_y = _between(self.lower_left, self.lower_right)
        return math.atan2(upper_y + lower_y, upper_x + lower_x)

    def turned_by_quarters(self, quarters: int) -> TextBox:
        """The same place with its text running so many right angles further, clockwise."""
        corners = (self.upper_left, self.upper_right, self.lower_right, self.lower_left)
        turns = quarters % 4
        return TextBox(*corners[turns:], *corners[:turns])

    def as_if_across(self) -> TextBox:
        """The same place with its text taken to run to the right, or nearly so."""
        return self.turned_by_quarters(-round(self.angle / _RIGHT_ANGLE))

    def part(self, start: float, end: float) -> TextBox:
        """What lies between two places along the text, 0 being its beginning and 1 its end."""
        return TextBox(
            _along(self.upper_left, self.upper_right, start),
            _along(self.upper_left, self.upper_right, end),
            _along(self.lower_left, self.lower_right, end),
            _along(self.lower_left, self.lower_right, start),
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """How to turn a picture of that size about its middle, clockwise; nothing of it is cut off."""

    angle: float
    width: float
    height: float

    @property
    def turned_width(self) -> float:
        """The width of what comes out."""
        return abs(self.width * math.cos(self.angle)) + abs(self.height * math.sin(self.angle))

    @property
    def turned_height(self) -> float:
        """The height of what comes out."""
        return abs(self.width * math.sin(self.angle)) + abs(self.height * math.cos(self.angle))

    def apply(self, point: Point) -> Point:
        """Where the point comes to lie."""
        x, y = point.x - self.width / 2, point.y - self.height / 2
        cosine, sine = math.cos(self.angle), math.sin(self.angle)
        return Point(
            x * cosine - y * sine + self.turned_width / 2, x * sine + y * cosine + self.turned_height / 2
        )

    def apply_to_box(self, box: TextBox) -> TextBox:
        """Where the box comes to lie."""
        corners = (box.upper_left, box.upper_right, box.lower_right, box.lower_left)
        return TextBox(*(self.apply(corner) for corner in corners))


def affordable(boxes: Iterable[TextBox]) -> list[TextBox]:
    """As many of them, in that order, as one picture may have."""
    kept: list[TextBox] = []
    print_left = _MOST_PRINT
    for box in boxes:
        if box.slenderness > _LONGEST_LINE:
            continue
        print_left -= max(box.slenderness, _SHORTEST_LINE)
        if print_left < 0:
            break
        kept.append(box)
    return kept


def is_sideways(boxes: Sequence[TextBox]) -> bool:
    """Whether most of the text runs up or down, given boxes as if it ran across."""
    across = sum(box.length for box in boxes if box.length > _CLEARLY_LONG * box.thickness)
    up_or_down = sum(box.thickness for box in boxes if box.thickness > _CLEARLY_LONG * box.length)
    return up_or_down > across


def upright_turn(boxes: Sequence[TextBox], width: float, height: float) -> Turn:
    """The turn after which most of the text runs to the right."""
    return Turn(-_usual_angle(boxes), width, height)


def _usual_angle(boxes: Sequence[TextBox]) -> float:
    """The median of the boxes' angles, each weighing as much as it is long.

    Angles are compared as deviations from the right angle they are all near to: those of a picture
    upside down lie on both sides of half a turn.
    """
    telling = [box for box in boxes if box.length > _CLEARLY_LONG * box.thickness] or boxes
    if not telling:
        return 0.0
    longest = max(telling, key=lambda box: box.length)
    nearest = round(longest.angle / _RIGHT_ANGLE) * _RIGHT_ANGLE
    deviations = sorted((math.remainder(box.angle - nearest, math.tau), box.length) for box in telling)
    half = sum(length for _, length in deviations) / 2
    weights = accumulate(length for _, length in deviations)
    return nearest + next(
        deviation for (deviation, _), weight in zip(deviations, weights, strict=True) if weight >= half
    )


def _between(start: Point, end: Point) -> Point:
    return Point(end.x - start.x, end.y - start.y)


def _along(start: Point, end: Point, share: float) -> Point:
    return Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)
