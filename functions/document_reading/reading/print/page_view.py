"""From the space a PDF's page is drawn in to the page as it is viewed: turned, cut, measured from above."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from types import ModuleType

_FINENESS = 100  # pdfium answers in whole pixels: so many to a point
_FAR = 1_000  # points: what is measured over a distance is exact


@dataclass(frozen=True, slots=True)
class PageView:
    """The size of the page as it is viewed, in points, and where places of its own space come to lie."""

    width: float
    height: float
    origin: tuple[float, float]
    to_the_right: tuple[float, float]
    upwards: tuple[float, float]

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """The left, upper, right and lower edge of a box of the page's own space."""
        xs, ys = zip(self._place(left, bottom), self._place(right, top), strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def _place(self, x: float, y: float) -> tuple[float, float]:
        return (
            self.origin[0] + x * self.to_the_right[0] + y * self.upwards[0],
            self.origin[1] + x * self.to_the_right[1] + y * self.upwards[1],
        )


def view_of(page: ctypes.c_void_p, pdfium: ModuleType) -> PageView:
    """How pdfium shows the page: it alone knows its boxes and what the page inherits."""
    width, height = float(pdfium.FPDF_GetPageWidthF(page)), float(pdfium.FPDF_GetPageHeightF(page))
    size = round(width * _FINENESS), round(height * _FINENESS)
    x, y = ctypes.c_int(), ctypes.c_int()

    def place(across: float, up: float) -> tuple[float, float]:
        pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, across, up, ctypes.byref(x), ctypes.byref(y))
        return x.value / _FINENESS, y.value / _FINENESS

    origin, right, above = place(0, 0), place(_FAR, 0), place(0, _FAR)
    return PageView(width, height, origin, _step(origin, right), _step(origin, above))


def _step(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    """How far one point's way goes."""
    return (end[0] - start[0]) / _FAR, (end[1] - start[1]) / _FAR
