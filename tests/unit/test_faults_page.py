"""`docs/faults.md` is true: every fault is there, and every test it names exists."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
PAGE = TESTS.parent / "docs" / "faults.md"
INVARIANTS = {f"({letter})" for letter in "abcdef"}
FAULTS = {*map(str, range(1, 37)), "9b", "9c", "19b", "26b", "26c", "26d"}

_HEADING = re.compile(r"^### (\([a-f]\)|[0-9]+[a-z]?)(?=[. ])", re.MULTILINE)
_TEST = re.compile(r"^- `([^`:]+)::([^`]+)`$", re.MULTILINE)


def sections() -> dict[str, str]:
    """The text under each numbered heading."""
    _, *parts = _HEADING.split(PAGE.read_text())
    headings = parts[::2]
    assert len(set(headings)) == len(headings)
    return dict(zip(headings, parts[1::2], strict=True))


def named_tests() -> list[tuple[str, str]]:
    return sorted(set(_TEST.findall(PAGE.read_text())))


@cache
def names_in(path: Path) -> set[str]:
    """The names pytest would collect: test functions, and test cases made by assignment."""
    module = ast.parse(path.read_text())
    functions = {node.name for node in ast.walk(module) if isinstance(node, ast.FunctionDef)}
    assigned = {
        target.id
        for node in module.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return {name for name in functions | assigned if name.startswith("test_")}


def test_every_fault_and_every_invariant_is_on_the_page() -> None:
    assert set(sections()) >= INVARIANTS | FAULTS


@pytest.mark.parametrize("heading", sections())
def test_every_entry_says_what_happens_and_names_a_test(heading: str) -> None:
    text = sections()[heading]

    assert _TEST.search(text)
    assert len(_TEST.sub("", text).split()) > 10
    assert text.count("::") == len(_TEST.findall(text)), "a test is not written as `path::name`"


def test_every_test_on_the_page_exists() -> None:
    missing = [f"{path}::{name}" for path, name in named_tests() if name not in names_in(TESTS / path)]

    assert missing == []
