"""Makes names that Dropbox, Windows and macOS all store, and that people can read, out of any text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

MAX_PART_BYTES = 255
# More than any name has room for; normalising takes the square of the length of hostile texts.
MOST_READ = 4096

_FORBIDDEN = '\\/:|<>"?*'
_SEPARATORS = re.compile(r" ?[\\/:|]+ ?")
_OTHER_FORBIDDEN = re.compile(r'[<>"?*]')
_ZERO_WIDTH_JOINER = "\u200d"
_EMOJI_VARIATION = "\ufe0f"
_BRAILLE_BLANK = "\u2800"
_EMOJI_MODIFIER = re.compile("[\U0001f3fb-\U0001f3ff]")
_REGIONAL_INDICATOR = re.compile("[\U0001f1e6-\U0001f1ff]")
# Letters and marks that show nothing: fillers, joiners, selectors of variants. Two names that differ
# in them only look the same. https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0e\uffa0\U000e0100-\U000e01ef]"
)
# With any extension too. https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\..*)?", re.IGNORECASE)
# https://help.dropbox.com/sync/ignored-files; the others begin with a dot or tilde, or with a line's end.
_IGNORED = {"desktop.ini", "thumbs.db"}


def sanitise(part: str, *, fallback: str = "Untitled", max_length: int = MAX_PART_BYTES) -> str:
    """A legal name for a file or folder, as close to `part` as can be; a legal one stays as it is.

    At most `max_length` UTF-16 units, and 255 bytes of UTF-8. No dot, space or tilde begins it, no dot
    or space ends it. Where nothing is left it is `fallback`, which must be legal itself.
    """
    line = clean(part.strip(f"{_FORBIDDEN} ."))
    name = _trimmed(shorten(_trimmed(line), max_length))
    if _is_reserved(name):
        name = _trimmed(shorten(f"_{name}", max_length))
    return name or fallback


def clean(text: str) -> str:
    """One visible line, in NFC, without the characters that no name may have; perhaps empty.

    What separates becomes a hyphen, what else is forbidden a space. Characters that show nothing are
    left out, but for those that hold an emoji together.
    """
    visible = _joined("".join(map(_visible, unicodedata.normalize("NFC", text[:MOST_READ]))))
    spaced = " ".join(_OTHER_FORBIDDEN.sub(" ", visible.strip(f"{_FORBIDDEN} ")).split())
    hyphenated = _SEPARATORS.sub(lambda found: " - " if " " in found[0] else "-", spaced)
    return unicodedata.normalize("NFC", _without_leading(" ".join(hyphenated.split()), " "))


def shorten(text: str, max_length: int, max_bytes: int = MAX_PART_BYTES) -> str:
    """The longest beginning of at most so many UTF-16 units and bytes that splits no visible character."""
    kept = ""
    for cluster in _clusters(text):
        longer = kept + cluster
        if utf16_length(longer) > max_length or len(longer.encode()) > max_bytes:
            break
        kept = longer
    return kept


def utf16_length(text: str) -> int:
    """The length of a text as Windows counts it: an emoji is two."""
    return len(text) + sum(character > "\uffff" for character in text)


def folded(name: str) -> str:
    """The form in which two names that any file system might take for one another are equal."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _visible(character: str) -> str:
    if character.isspace() or character == _BRAILLE_BLANK:
        return " "
    if character in (_ZERO_WIDTH_JOINER, _EMOJI_VARIATION):
        return character
    # Control, format (marks of direction), surrogates, private use, unassigned.
    if unicodedata.category(character)[0] == "C" or _INVISIBLE.match(character):
        return ""
    return character


def _joined(text: str) -> str:
    """The text with its joiners and emoji variation selectors only where they are part of an emoji."""
    kept: list[str] = []
    for character, following in pairwise([*text, ""]):
        before = kept[-1] if kept else ""
        if character == _EMOJI_VARIATION and not _is_pictograph(before):
            continue
        if character == _ZERO_WIDTH_JOINER and not (_ends_emoji(before) and _is_pictograph(following)):
            continue
        kept.append(character)
    return "".join(kept)


def _ends_emoji(character: str) -> bool:
    is_attached = character == _EMOJI_VARIATION or bool(_EMOJI_MODIFIER.match(character))
    return is_attached or _is_pictograph(character)


def _is_pictograph(character: str) -> bool:
    """Among the symbols are all emoji that sequences are made of, but for the arrow of a shaken head."""
    return character != "" and (unicodedata.category(character) == "So" or character == "\u2194")


def _clusters(text: str) -> Iterator[str]:
    """What a reader sees as one character each: marks stay with their letter, emoji and flags whole.

    The rules of https://www.unicode.org/reports/tr29/ that names need, without its tables.
    """
    cluster = ""
    for character in text:
        if cluster and not _continues(cluster, character):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _continues(cluster: str, character: str) -> bool:
    if cluster[-1] == _ZERO_WIDTH_JOINER or character == _ZERO_WIDTH_JOINER:
        return True
    if _REGIONAL_INDICATOR.match(character):
        return bool(_REGIONAL_INDICATOR.fullmatch(cluster))
    return _is_mark(character) or bool(_EMOJI_MODIFIER.match(character))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


def _without_leading(text: str, characters: str) -> str:
    """Nor do marks begin it: they would be drawn over the character before."""
    for position, character in enumerate(text):
        if character not in characters and not _is_mark(character):
            return text[position:]
    return ""


def _trimmed(name: str) -> str:
    return _without_leading(name, " .~").rstrip(" .")


def _is_reserved(name: str) -> bool:
    return bool(_DEVICE.fullmatch(name)) or name.casefold() in _IGNORED
