"""Dropbox's rules for names and paths: what equals what, and what is refused."""

import unicodedata
from collections.abc import Iterable

MAX_NAME_LENGTH = 255

# Names Dropbox will not store, and the temporary names its desktop client leaves on the disk:
# https://help.dropbox.com/sync/ignored-files
_DISALLOWED = {"desktop.ini", "thumbs.db", ".ds_store", "icon\r", ".dropbox", ".dropbox.attr"}
_TEMPORARY_PREFIXES = ("~$", ".~", ".sb-")
_TEMPORARY_SUFFIXES = (".crdownload", ".part", ".swp")


def fold(name: str) -> str:
    """The form under which two names are the same name: NFC, lower case."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).lower())


def split(path: str) -> tuple[str, ...]:
    """The names along a path; duplicate and trailing slashes are collapsed."""
    return tuple(part for part in path.split("/") if part)


def join(names: Iterable[str]) -> str:
    """The path made of these names; the root is ``""``."""
    return "".join(f"/{name}" for name in names)


def is_malformed(name: str) -> bool:
    """Whether Dropbox answers ``malformed_path`` for a part of a path."""
    return (
        name in {".", ".."}
        or len(name) > MAX_NAME_LENGTH
        or name.endswith(" ")
        or any(character in name for character in "\\/\0\x7f")
        or any("\ud800" <= character <= "\udfff" for character in name)
    )


def is_disallowed(name: str) -> bool:
    """Whether Dropbox answers ``disallowed_name`` for a part of a path."""
    return name.lower() in _DISALLOWED


def is_temporary(name: str) -> bool:
    """Whether Dropbox leaves a file of this name on the disk unsynchronised."""
    lowered = name.lower()
    return (
        lowered.startswith(_TEMPORARY_PREFIXES)
        or lowered.endswith(_TEMPORARY_SUFFIXES)
        or (lowered.startswith("~") and lowered.endswith(".tmp"))
    )


def numbered(name: str, number: int, *, label: str = "") -> str:
    """The name Dropbox's autorename gives: ``a.pdf`` -> ``a (1).pdf`` or ``a (label 1).pdf``."""
    stem, dot, extension = name.rpartition(".")
    if not stem:
        stem, dot, extension = name, "", ""
    return f"{stem} ({' '.join(part for part in (label, str(number or '')) if part)}){dot}{extension}"


def is_within(key: str, root: str) -> bool:
    """Whether the folded path `key` is `root` or lies below it."""
    return key == root or key.startswith(root + "/")
