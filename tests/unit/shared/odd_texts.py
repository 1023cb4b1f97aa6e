"""Texts that are trouble in names, and what makes a name illegal anywhere."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import strategies as st

FAMILY = "👩\u200d👩\u200d👧\u200d👦"
FRENCH_FLAG = "\U0001f1eb\U0001f1f7"
ODD_TEXTS = [
    "",
    " ",
    ".",
    "..",
    "...",
    "../../../../etc/passwd",
    "..\\..\\..\\Windows\\System32",
    "/",
    "\\\\server\\share",
    "C:",
    "a:b",
    "a" * 5000,
    "é" * 5000,
    "漢" * 5000,
    "e\u0301" * 5000,
    "Z" + "\u0300\u0316" * 400,
    FAMILY * 40,
    "👩\u200d" * 400,
    "\u200d" * 10,
    "\u200d👩",
    "👩\u200d",
    FRENCH_FLAG * 100,
    "\U0001f1eb" * 101,
    "1\ufe0f\u20e3",
    "\U0001f3f4\U000e0067\U000e0062\U000e007f",
    "\u202egnp.exe",
    "\u2066\u2069\u061c\u200e\u200f",
    "\u3164",
    "\u2800",
    "\x00",
    "a\x00b\x7fc\x85d",
    "a\nb\r\nc\td\u2028e",
    "\ud800",
    "a\udfffb",
    "\uffff\ufffe\U0010ffff",
    "\ue000",
    "\u0300",
    " \u0300.\u0301~ \u0302/\u0303x",
    "≮\u0338<\u0338>\u0338",
    "\u0344\u0958\u1d15e\U0001d15e",
    "\uff43\uff4f\uff4e",
    "\uff0f\uff3c\uff1a\uff0a\uff1f",
    "CON",
    "con.txt.pdf",
    "PRN .",
    "aux:",
    "NUL\t",
    "COM1.jpg",
    "com²",
    "LPT9",
    "CONIN$",
    "desktop.ini",
    "Thumbs.DB ",
    ".DS_Store",
    "icon\r",
    ".dropbox",
    ".dropbox.cache",
    "~$report.docx",
    ".~lock.x#",
    "~ temporary.tmp",
    "%2e%2e%2f",
    "$(rm -rf ~)",
    "-rf",
    "'; DROP TABLE expenses; --",
    "=cmd|'/C calc'!A0",
]

# As long as what DynamoDB keeps: a pattern or a loop that goes back and forth would take minutes.
HUGE_TEXTS = [
    filling * 200_000
    for filling in ["\t", "\n ", ";\t", "/ ", " .", "\u0316\u0300", "👩\u200d", "\U0001f1eb", "=", "\u200b"]
]

_ODD_CHARACTERS = "\\/:*?\"<>|. ~$-_'\t\r\n\x00\x7f\x85\u00a0\u00ad\u0301\u0338\u0327\u200b\u200d\u200e\u202e\u2028\u2066\u2800\u3164\ufe0f\ufeff\ud800\udfff\ue000\u0130\u0131\u017fßﬁςé漢👩👧🏽\u2194♀\U0001f1eb\U000e0067\U0003fffd"
odd_characters = st.characters() | st.sampled_from(_ODD_CHARACTERS)
odd_texts = st.one_of(
    st.text(odd_characters, max_size=60),
    st.sampled_from(ODD_TEXTS),
    st.lists(st.sampled_from(ODD_TEXTS) | st.text(odd_characters, max_size=4), max_size=5).map("".join),
    st.builds(str.__mul__, st.text(odd_characters, min_size=1, max_size=8), st.integers(1, 300)),
)

_SHOWS_NOTHING = {"\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u3164", "\uffa0", "\u2800"}


def ascii_start(text: str) -> str:
    """The id of a test of a text of any length."""
    return ascii(text[:4])


def why_illegal(name: str) -> str | None:
    """What is wrong with the name of a file or folder, on any of the three; written from their rules."""
    stem = name.partition(".")[0].rstrip(" ").casefold()
    numbered = {f"{device}{digit}" for device in ("com", "lpt") for digit in "0123456789¹²³"}
    categories = {unicodedata.category(character) for character in name if character != "\u200d"}
    wrong = {
        "empty": not name,
        "a forbidden character": bool(set(name) & set('\\/<>:"|?*')),
        "a character without a shape": bool(categories & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}),
        "an invisible character": bool(set(name) & _SHOWS_NOTHING),
        "a joiner that joins nothing": re.search("^\u200d|\u200d$|\\w\u200d|\u200d\\w", name) is not None,
        "a blank that is no space": any(character.isspace() and character != " " for character in name),
        "two blanks": "  " in name,
        "a bad end": name.endswith((".", " ")),
        "a bad beginning": name.startswith((".", " ", "~"))
        or unicodedata.category(name[:1] or "x")[0] == "M",
        "too many bytes": len(name.encode("utf-8", "surrogatepass")) > 255,
        "not NFC": not unicodedata.is_normalized("NFC", name),
        "a device": stem in {"con", "prn", "aux", "nul", "conin$", "conout$"} | numbered,
        "ignored by Dropbox": name.casefold() in {"desktop.ini", "thumbs.db", ".ds_store", "icon\r"},
    }
    return next((reason for reason, holds in wrong.items() if holds), None)
