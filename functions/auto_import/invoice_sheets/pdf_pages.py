"""A PDF of text alone, in the one font that every viewer has, with all letters of Latin script.

What the font's own encoding lacks is composed of a letter and an accent (Polish, Czech, Hungarian …), or
named by its code point (Greek …) for viewers that have fonts of their own: ISO 32000-1, 9.6.6. What is
copied or searched for is the letter itself (14.9.4, 9.10.3).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby

WIDTH, HEIGHT = 595, 842
_WIDTHS_OF_ASCII = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, *[556] * 10, 278,
    278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722,
    778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556,
    500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500,
    722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
"""Thousandths of the font's size, from the blank to the tilde, of Helvetica."""
_OTHER_WIDTH = 650
_MOST_LETTERS = 200
"""Of one line; no more have room on a page."""
_MOST_CODES = 100
"""What one table of a mapping to Unicode may have."""
_FIRST_CODE = 32
_LAST_OF_PLANE = 0xFFFF
_ACCENTS = {
    "\u0301": "acute", "\u0302": "circumflex", "\u0304": "macron", "\u0306": "breve", "\u0307": "dotaccent",
    "\u030a": "ring", "\u030b": "hungarumlaut", "\u030c": "caron", "\u0326": "cedilla", "\u0327": "cedilla",
    "\u0328": "ogonek",
}  # fmt: skip
_CODES_OF_ACCENTS = {accent: code for code, accent in enumerate(dict.fromkeys(_ACCENTS.values()), 1)}
_BELOW = {"cedilla", "ogonek"}
_ACCENT_WIDTH, _RISE = 333, 0.19
_NAMED = {"\u0131": "dotlessi", "\u0141": "Lslash", "\u0142": "lslash"}
_FONTS = (("R", "Helvetica"), ("B", "Helvetica-Bold"))


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a place: points from the left and from the bottom of the page."""

    left: float
    bottom: float
    size: float
    words: str
    is_bold: bool = False

    @property
    def prefix(self) -> bytes:
        """What the names of its fonts begin with."""
        return b"B" if self.is_bold else b"R"


def width_of(words: str, size: float) -> float:
    """How wide the words are printed: exactly where they are amounts, about where they are not of ASCII."""
    return sum(map(_width, words)) * size / 1000


@lru_cache(maxsize=4096)
def _width(letter: str) -> int:
    base = unicodedata.normalize("NFD", letter)[0]
    return _WIDTHS_OF_ASCII[ord(base) - 32] if " " <= base <= "~" else _OTHER_WIDTH


def cut(words: str, size: float, width: float) -> str:
    """As much of the words as there is room for."""
    if len(words) <= _MOST_LETTERS and width_of(words, size) <= width:
        return words
    words = words[:_MOST_LETTERS]
    ends = accumulate(map(_width, words), initial=_width("…"))
    fitting = sum(end * size / 1000 <= width for end in ends) - 1
    return f"{words[: max(fitting, 0)].rstrip()}…"


def wrapped(words: str, size: float, width: float, *, most: int) -> list[str]:
    """The words on so many lines of that width at most; a word that is wider is cut off.

    What comes after them is not looked at: texts are longer than their room.
    """
    lines: list[str] = []
    line = ""
    for word in words.split():
        longer = f"{line} {word}"
        if line and len(longer) <= _MOST_LETTERS and width_of(longer, size) <= width:
            line = longer
            continue
        lines += [line] if line else []
        if len(lines) == most:
            return lines
        line = cut(word, size, width)
    return [*lines, line] if line else lines


def pdf_of(pages: Sequence[Sequence[Text]]) -> bytes:
    """The file: a catalogue, the pages, their contents, and as many encodings as their letters need."""
    encodings = _Encodings(text.words for page in pages for text in page)
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    fonts = encodings.written_to(objects)
    kids = []
    for page in pages:
        content = b"\n".join(encodings.shown(text) for text in page)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R"
            b" /Resources << /Font << %s >> >> >>" % (WIDTH, HEIGHT, len(objects), fonts)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    body = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return bytes(
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))
    )


class _Encodings:
    """Which letter is which code of which encoding: the first one is that of Windows."""

    def __init__(self, texts: Iterable[str]) -> None:
        letters = sorted({letter for words in texts for letter in words})
        self._extra = [each for each in letters if not _is_of_windows(each) and not _composed(each)]
        self._positions = {letter: position for position, letter in enumerate(self._extra)}

    def written_to(self, objects: list[bytes]) -> bytes:
        """Add the fonts to the file's objects; returns how pages name them."""
        named = []
        for prefix, font in _FONTS:
            head = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s" % font.encode()
            objects.append(head + b" /Encoding /WinAnsiEncoding >>")
            named.append(b"/%s0 %d 0 R" % (prefix.encode(), len(objects)))
            accents = b" ".join(b"/" + accent.encode() for accent in _CODES_OF_ACCENTS)
            objects.append(head + b" /Encoding << /Type /Encoding /Differences [1 %s] >> >>" % accents)
            named.append(b"/%sA %d 0 R" % (prefix.encode(), len(objects)))
            for number, letters in enumerate(self._portions(), 1):
                mapping = _to_unicode(letters)
                objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(mapping), mapping))
                names = b" ".join(_glyph(letter) for letter in letters)
                objects.append(
                    head
                    + b" /Encoding << /Type /Encoding /Differences [%d %s] >> /ToUnicode %d 0 R >>"
                    % (_FIRST_CODE, names, len(objects))
                )
                named.append(b"/%s%d %d 0 R" % (prefix.encode(), number, len(objects)))
        return b" ".join(named)

    def shown(self, text: Text) -> bytes:
        """The operators that print the words, with a change of font at each change of encoding."""
        parts = [b"BT %.1f %.1f Td" % (text.left, text.bottom)]
        for font, letters in groupby(text.words, key=self._font):
            if font is None:
                parts.extend(_accented(letter, text) for letter in letters)
            else:
                codes = bytes(map(self._code, letters)).hex().encode()
                parts.append(b"/%s%d %.1f Tf <%s> Tj" % (text.prefix, font, text.size, codes))
        return b" ".join([*parts, b"ET"])

    def _font(self, letter: str) -> int | None:
        """Which one prints the letter; None where it is composed."""
        if _is_of_windows(letter):
            return 0
        return None if _composed(letter) else self._positions[letter] // _MOST_CODES + 1

    def _code(self, letter: str) -> int:
        if _is_of_windows(letter):
            return letter.encode("cp1252")[0]
        return self._positions[letter] % _MOST_CODES + _FIRST_CODE

    def _portions(self) -> list[list[str]]:
        return [self._extra[at : at + _MOST_CODES] for at in range(0, len(self._extra), _MOST_CODES)]


def _accented(letter: str, text: Text) -> bytes:
    """A letter, and its accent over or under the middle of it."""
    base, accent = _composed(letter) or (letter, "")
    width = _width(base)
    rise = text.size * _RISE if base.isupper() and accent not in _BELOW else 0.0
    back, forth = (width + _ACCENT_WIDTH) / 2, (_ACCENT_WIDTH - width) / 2
    meant = letter.encode("utf-16-be").hex().encode()
    return (
        b"/Span << /ActualText <FEFF%s> >> BDC /%s0 %.1f Tf <%02X> Tj %.2f Ts /%sA %.1f Tf"
        b" [%.1f <%02X> %.1f] TJ 0 Ts EMC"
        % (
            meant, text.prefix, text.size, ord(base), rise, text.prefix, text.size,
            back, _CODES_OF_ACCENTS[accent], forth,
        )
    )  # fmt: skip


def _is_of_windows(letter: str) -> bool:
    try:
        return letter.encode("cp1252") >= b" "
    except UnicodeEncodeError:
        return False


def _glyph(letter: str) -> bytes:
    """Its name in Adobe's list of glyphs."""
    if letter in _NAMED:
        return f"/{_NAMED[letter]}".encode()
    return b"/uni%04X" % ord(letter) if ord(letter) <= _LAST_OF_PLANE else b"/u%X" % ord(letter)


def _composed(letter: str) -> tuple[str, str] | None:
    """The letter and the accent that it is composed of."""
    decomposed = unicodedata.normalize("NFD", letter)
    base, accent = decomposed[0], _ACCENTS.get(decomposed[1:])
    return (base, accent) if accent and base.isascii() else None


def _to_unicode(letters: Sequence[str]) -> bytes:
    rows = b"\n".join(
        b"<%02X> <%s>" % (_FIRST_CODE + position, letter.encode("utf-16-be").hex().encode())
        for position, letter in enumerate(letters)
    )
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange\n"
        b"%d beginbfchar\n%s\nendbfchar\nendcmap end end" % (len(letters), rows)
    )
