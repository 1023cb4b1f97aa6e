"""Whether a PDF does something by itself, or at a click: scripts, programmes, forms that send themselves.

Actions and their types: ISO 32000-2, section 12.6; XFA: section 12.7.8; attached files: section 7.11.
"""

from __future__ import annotations

import ctypes
import re
import zlib
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from functions.auto_import.inspection.pdf_objects import (
    Deadline,
    PdfObjects,
    Ref,
    TooMuchToLookThrough,
    objects_of,
)
from shared.domain.active_content import ActiveContent

SECONDS = 2.0
"""Of a processor; the costliest of a hundred real documents takes a fortieth of it."""
_MOST_NESTED = 3
_MOST_ATTACHED_BYTES = 16 * 1024 * 1024

# What an object says that is worth parsing; a type that is written somewhere else, as a reference, too.
_TELLING = re.compile(
    rb"/(?:JS|JavaScript|OnInstantiate|Launch|SubmitForm|ImportData|OpenAction|AA|XFA|EF|RichMedia\w*|Flash"
    rb"|S \d+ 0 R)(?![\w#.-])"
)
_BY_TYPE = {
    "JavaScript": ActiveContent.JAVASCRIPT,
    "Launch": ActiveContent.LAUNCH,
    "SubmitForm": ActiveContent.SUBMIT_FORM,
    "ImportData": ActiveContent.SUBMIT_FORM,
    "RichMediaExecute": ActiveContent.RICH_MEDIA,
}
_BY_KEY = {
    "JS": ActiveContent.JAVASCRIPT,
    "OnInstantiate": ActiveContent.JAVASCRIPT,
    "XFA": ActiveContent.XFA_FORM,
    "RichMediaContent": ActiveContent.RICH_MEDIA,
    "RichMediaSettings": ActiveContent.RICH_MEDIA,
}
# Of what happens by itself, these types reach outside of the document; going to a page is no harm.
_REACHING_OUT = {*_BY_TYPE, "URI", "GoToR", "GoToE", "Rendition", "Movie", "Sound"}
_TRIGGERS = ("OpenAction", "AA")

_NAMES_OF_FILE = ("UF", "F", "DOS", "Mac", "Unix")
_PROGRAMMES = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
)
# What systems run, or hand to a programme that runs it, when it is opened.
_ENDINGS_OF_PROGRAMMES = frozenset(
    ending
    for line in (
        "exe com scr pif cpl dll msi msp msix bat cmd ps1 psm1 vb vbs vbe js jse mjs wsf wsh wsc hta sct",
        "lnk url reg inf jar jnlp class app command sh bash py pl rb php chm hlp iso img vhd vhdx",
        "docm dotm xlsm xltm xlam pptm potm ppam xll apk deb rpm dmg pkg application gadget swf",
        "library-ms search-ms settingcontent-ms",
    )
    for ending in line.split()
)


def active_content_of(
    pdfium: ModuleType, document: ctypes.c_void_p, deadline: Deadline, *, depth: int = 0
) -> set[ActiveContent]:
    """The kinds there are of it; with NOT_KNOWN where not everything could be looked at."""
    found: set[ActiveContent] = set()
    try:
        objects = objects_of(pdfium, document, deadline)
        for file in _look_through(objects, found):
            for content in _contents(file, objects):
                found |= _said_by_content(content, pdfium, deadline, depth)
    except TooMuchToLookThrough:
        found.add(ActiveContent.NOT_KNOWN)
    return found


def _look_through(objects: PdfObjects, found: set[ActiveContent]) -> list[dict[str, Any]]:
    """Add what the objects say to what was found; returns the files that are attached."""
    files = []
    for number in objects.places:
        if not _TELLING.search(objects.dictionary(number)):
            continue
        for each in _dictionaries(objects.parsed(number)):
            found |= _said_by(each, objects)
            if "EF" in each:
                files.append(each)
                found |= _said_by_name(each, objects)
    return files


def _dictionaries(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 # any object of PDF
    """Every dictionary within an object, however deep."""
    left = [value]
    while left:
        each = left.pop()
        if isinstance(each, dict):
            yield each
            left.extend(each.values())
        elif isinstance(each, list):
            left.extend(each)


def _said_by(each: dict[str, Any], objects: PdfObjects) -> set[ActiveContent]:
    found = {kind for key, kind in _BY_KEY.items() if key in each}
    if kind := _BY_TYPE.get(_name(objects.resolved(each.get("S")))):
        found.add(kind)
    if _name(objects.resolved(each.get("Subtype"))) in {"RichMedia", "Flash"}:
        found.add(ActiveContent.RICH_MEDIA)
    if any(_reaches_out(each[key], objects) for key in _TRIGGERS if key in each):
        found.add(ActiveContent.OPENS_BY_ITSELF)
    return found


def _reaches_out(trigger: Any, objects: PdfObjects) -> bool:  # noqa: ANN401 # any object of PDF
    """Whether any action that follows from a trigger is of such a type; a destination is none.

    From an action only what comes next is followed: else every page would be, by way of those it goes to.
    """
    left, seen = [trigger], set()
    while left:
        value = left.pop()
        if isinstance(value, Ref):
            if value.number in seen:
                continue
            seen.add(value.number)
            value = objects.resolved(value)
        if isinstance(value, list):
            left.extend(value)
        elif isinstance(value, dict) and "S" in value:
            if _name(objects.resolved(value["S"])) in _REACHING_OUT:
                return True
            left.append(value.get("Next"))
        elif isinstance(value, dict) and "Type" not in value:
            left.extend(value.values())
    return False


def _said_by_name(file: dict[str, Any], objects: PdfObjects) -> set[ActiveContent]:
    names = [objects.resolved(file.get(key)) for key in _NAMES_OF_FILE]
    return {ActiveContent.EXECUTABLE for name in names if isinstance(name, bytes) and is_programme(name)}


def is_programme(name: bytes) -> bool:
    """By its ending, as the system that opens it reads it: without dots and blanks at the end."""
    is_wide = name.startswith((b"\xfe\xff", b"\xff\xfe"))
    text = name.decode("utf-16" if is_wide else "latin-1", "replace")
    return text.rstrip("\x00 .").rpartition(".")[2].lower() in _ENDINGS_OF_PROGRAMMES


def _contents(file: dict[str, Any], objects: PdfObjects) -> Iterator[bytes | None]:
    """The beginnings of an attached file; None for what is filtered as nobody filters a file."""
    embedded = objects.resolved(file["EF"])
    references = embedded.values() if isinstance(embedded, dict) else ()
    for stream in {each for each in references if isinstance(each, Ref)}:
        yield _unfiltered(stream, objects)


def _said_by_content(
    content: bytes | None, pdfium: ModuleType, deadline: Deadline, depth: int
) -> set[ActiveContent]:
    if content is None:
        return {ActiveContent.NOT_KNOWN}
    if content.startswith(_PROGRAMMES):
        return {ActiveContent.EXECUTABLE}
    if b"%PDF-" not in content[:1024]:
        return set()
    return _within(content, pdfium, deadline, depth) if depth < _MOST_NESTED else {ActiveContent.NOT_KNOWN}


def _unfiltered(stream: Ref, objects: PdfObjects) -> bytes | None:
    """The beginning of it, which pdfium has deflated where it was not filtered at all."""
    entries = objects.parsed(stream.number)
    filters = objects.resolved(entries.get("Filter")) if isinstance(entries, dict) else None
    if isinstance(filters, list) and len(filters) == 1:
        filters = objects.resolved(filters[0])
    if filters is None or filters == []:
        return objects.stream(stream.number)[:_MOST_ATTACHED_BYTES]
    if _name(filters) not in {"FlateDecode", "Fl"}:
        return None
    try:
        return zlib.decompressobj().decompress(objects.stream(stream.number), _MOST_ATTACHED_BYTES)
    except zlib.error:
        return b""


def _within(content: bytes, pdfium: ModuleType, deadline: Deadline, depth: int) -> set[ActiveContent]:
    """What an attached PDF holds; one that is locked keeps it to itself."""
    document = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
    if not document:
        return {ActiveContent.NOT_KNOWN}
    try:
        return active_content_of(pdfium, document, deadline, depth=depth + 1)
    finally:
        pdfium.FPDF_CloseDocument(document)


def _name(value: object) -> str:
    return value if isinstance(value, str) else ""
