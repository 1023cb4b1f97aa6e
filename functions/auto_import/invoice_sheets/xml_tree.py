"""XML as plain elements without namespaces, which changed while names stayed; entities are never expanded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

_PORTION = 64 * 1024
_MOST_ELEMENTS = 60_000
_MOST_LETTERS = 2_000
_DEEPEST = 100


class NotReadable(Exception):
    """It is no well-formed XML, or declares entities."""


class _Enough(Exception):
    """What follows is not looked at."""


@dataclass(slots=True)
class Element:
    """An element by its local name; its text is that of its own, cut off where it is endless."""

    name: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text on one line."""
        return " ".join("".join(self.pieces).split())[:_MOST_LETTERS]

    def first(self, *path: str) -> Element | None:
        """The first element at this path."""
        return next(self.all(*path), None)

    def all(self, *path: str) -> Iterator[Element]:
        """The elements at this path, which has at least one name."""
        for child in self.children:
            if child.name == path[0]:
                yield from child.all(*path[1:]) if len(path) > 1 else [child]

    def said(self, *path: str) -> str:
        """The text of the first element at this path that has any; empty where there is none."""
        return next((each.text for each in self.all(*path) if each.text), "")


class _Builder:
    """Collects so many elements, and passes over those that lie deeper than any invoice's."""

    def __init__(self) -> None:
        self.root = Element("", {})
        self._open = [self.root]
        self._elements = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > _MOST_ELEMENTS:
            raise _Enough
        element = Element(name.rpartition(":")[2], attributes)
        if len(self._open) <= _DEEPEST:
            self._open[-1].children.append(element)
        self._open.append(element)

    def end(self, _name: str) -> None:
        self._open.pop()

    def text(self, data: str) -> None:
        self._open[-1].pieces.append(data)

    def refuse(self, *_: object) -> None:
        raise NotReadable


def parse(path: Path) -> Element:
    """The root, with as much as is collected of it. Raises NotReadable."""
    builder = _Builder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    parser.StartDoctypeDeclHandler = builder.refuse
    try:
        with path.open("rb") as file:
            while portion := file.read(_PORTION):
                parser.Parse(portion, False)
        parser.Parse(b"", True)
    except _Enough:
        pass
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise NotReadable from error
    return builder.root.children[0]
