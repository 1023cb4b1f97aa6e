"""XML of strangers: parsed without entities or DTDs, and searched by local names.

Namespaces are not compared: those of pre-releases differ, while the names within have stayed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

_BEFORE_XML = b"\xef\xbb\xbf \t\r\n"
MOST_TAGS = 400_000
"""Of one document's files: what has more, nobody made by hand or would read."""
_MOST_PARTS = 64
"""Elements within one whose text is a value."""


def parse(content: bytes) -> Element | None:
    """The root element, or None where the content is no XML or not harmless."""
    try:
        return fromstring(content.lstrip(_BEFORE_XML), forbid_dtd=True)
    except (ParseError, DefusedXmlException, LookupError, ValueError):
        return None  # the last two: an encoding that is unknown, or does not fit


def seems_xml(content: bytes) -> bool:
    """Whether it is worth parsing, by its first bytes."""
    return content.lstrip(_BEFORE_XML)[:1] == b"<" or content[:2] in {b"\xff\xfe", b"\xfe\xff"}


def name(element: Element) -> str:
    """The tag without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element | None, child_name: str) -> Iterator[Element]:
    """The children of that name."""
    for child in element if element is not None else ():
        if name(child) == child_name:
            yield child


def child(element: Element | None, *path: str) -> Element | None:
    """The first element down a path of names."""
    for step in path:
        element = next(children(element, step), None)
    return element


def text(element: Element | None) -> str:
    """The element's text with its blanks folded, and that of its descendants, unless it is a whole tree."""
    if element is None or _is_tree(element):
        return ""
    return " ".join("".join(element.itertext()).split())


def _is_tree(element: Element) -> bool:
    return next(islice(element.iter(), _MOST_PARTS, None), None) is not None


def tags_in(content: bytes) -> int:
    """About how many there are, without parsing any."""
    return content.count(b"<")


def outside(element: Element, skipped: str) -> Iterator[Element]:
    """The element and its descendants in order, but for those within elements of the skipped name."""
    waiting = [element]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(child for child in reversed(current) if name(child) != skipped)
