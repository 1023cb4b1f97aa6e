"""`docs/security.md` is true: every test it names exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
PAGE = (TESTS.parent / "docs" / "security.md").read_text()
NAMED = sorted(set(re.findall(r"^- `([^`:]+)::([^`]+)`$", PAGE, re.MULTILINE)))
HEADINGS = ["Assets", "Doors", "Documents of strangers", "People and tenants", "What is left open"]


def test_the_page_has_its_parts() -> None:
    assert re.findall(r"^## (.+)$", PAGE, re.MULTILINE) == HEADINGS
    assert len(NAMED) > 10


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_every_test_it_names_exists(path: str, name: str) -> None:
    module = ast.parse((TESTS / path).read_text())

    assert name in {node.name for node in ast.walk(module) if isinstance(node, ast.FunctionDef)}
