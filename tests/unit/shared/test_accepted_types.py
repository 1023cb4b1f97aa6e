"""Every type of file that is accepted is named wherever people are told which."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shared.domain.rejections import RejectionReason
from shared.file_types.document_type import DocumentType
from shared.texts.rejections import sentence

ROOT = Path(__file__).parents[3]
LOCALES = ["de", "en", "es", "fr", "it"]
NAMES = {each.shown_as for each in DocumentType}


def named_in(text: str) -> set[str]:
    words = set(re.findall(r"\.?[A-Za-z]+", text))
    return NAMES & words


def of_the_page(source: str) -> str:
    return re.search(r'types:\s*"([^"]+)"', source)[1]


def test_the_readme_names_every_type():
    [row] = [line for line in (ROOT / "README.md").read_text().splitlines() if line.startswith("| PDF, ")]

    assert named_in(row) == NAMES


@pytest.mark.parametrize("locale", LOCALES)
def test_the_page_names_every_type(locale):
    source = (ROOT / f"web/src/texts/{locale}.js").read_text()

    assert named_in(of_the_page(source)) == NAMES


@pytest.mark.parametrize("locale", LOCALES)
def test_who_drops_another_type_is_told_every_type(locale):
    assert named_in(sentence(RejectionReason.UNSUPPORTED_TYPE, locale)) == NAMES
