"""Whether the XML of an invoice is more than data to the browser that opens it.

A style sheet may be a programme that is fetched; elements of XHTML and SVG are shown as those of a page; UBL
carries files. Processing instructions: XML 1.0, section 2.6, and "Associating Style Sheets with XML".
"""

from __future__ import annotations

from pathlib import Path
from xml.parsers import expat

from functions.auto_import.inspection.active_content import is_programme
from shared.domain.active_content import ActiveContent

_PORTION = 64 * 1024
_SHOWN_AS_A_PAGE = frozenset({"http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg"})
_FETCHING = frozenset({"src", "href", "data", "action", "http://www.w3.org/1999/xlink href"})
_SEPARATOR = " "


def active_content_of_xml(path: Path) -> set[ActiveContent]:
    """The kinds there are of it, in a file that was found to be well-formed."""
    found: set[ActiveContent] = set()

    def instruct(target: str, _data: str) -> None:
        if target.lower() == "xml-stylesheet":
            found.add(ActiveContent.OPENS_BY_ITSELF)

    def begin(tag: str, attributes: dict[str, str]) -> None:
        namespace, _, name = tag.rpartition(_SEPARATOR)
        if namespace in _SHOWN_AS_A_PAGE:
            found.update(_of_page(name, attributes))
        elif is_programme(attributes.get("filename", "").encode()):
            found.add(ActiveContent.EXECUTABLE)

    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.ProcessingInstructionHandler, parser.StartElementHandler = instruct, begin
    try:
        with path.open("rb") as file:
            while portion := file.read(_PORTION):
                parser.Parse(portion, False)
    except (expat.ExpatError, LookupError, ValueError):  # a prefix without a namespace is well-formed XML
        found.add(ActiveContent.NOT_KNOWN)
    return found


def _of_page(name: str, attributes: dict[str, str]) -> set[ActiveContent]:
    is_script = name.lower() == "script" or any(
        attribute.lower().startswith("on") or value.strip().lower().startswith("javascript:")
        for attribute, value in attributes.items()
    )
    if is_script:
        return {ActiveContent.JAVASCRIPT}
    return set() if name == "a" or not _FETCHING & attributes.keys() else {ActiveContent.OPENS_BY_ITSELF}
