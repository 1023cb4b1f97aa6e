"""Dropbox's rules for names and paths."""

import pytest

from local.dropbox_emulator.core import paths


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Receipt.PDF", "receipt.pdf"),
        ("caf\u00e9.pdf", "cafe\u0301.pdf"),
        ("\u00c9t\u00e9.pdf", "e\u0301te\u0301.pdf"),
    ],
)
def test_names_that_differ_in_case_or_normal_form_are_the_same(one, other):
    assert paths.fold(one) == paths.fold(other)


def test_duplicate_and_trailing_slashes_collapse():
    assert paths.join(paths.split("//a///b/")) == "/a/b"


@pytest.mark.parametrize(
    "name", [".", "..", "a\\b", "a\0b", "trailing ", "del\x7f", "x" * 256, "lone \ud800 surrogate"]
)
def test_impossible_names_are_malformed(name):
    assert paths.is_malformed(name)


@pytest.mark.parametrize("name", ["a.pdf", "x" * 255, "quelle idée ?.pdf", "🧾.jpg", 'a<b>:"|*.pdf', "dot."])
def test_names_other_systems_refuse_are_possible(name):
    assert not paths.is_malformed(name)


@pytest.mark.parametrize("name", ["desktop.ini", "Thumbs.db", ".DS_Store", "Icon\r", ".dropbox"])
def test_names_of_system_files_are_disallowed(name):
    assert paths.is_disallowed(name)


@pytest.mark.parametrize("name", ["~$budget.xlsx", ".~lock.a.odt#", "~a.tmp", "scan.pdf.part"])
def test_temporary_files_of_editors_are_recognised(name):
    assert paths.is_temporary(name)


@pytest.mark.parametrize(
    ("name", "renamed"),
    [("a.pdf", "a (1).pdf"), (".hidden", ".hidden (1)"), ("none", "none (1)"), ("a.tar.gz", "a.tar (1).gz")],
)
def test_autorename_puts_the_number_before_the_extension(name, renamed):
    assert paths.numbered(name, 1) == renamed


def test_a_sibling_with_the_same_beginning_is_not_within():
    assert paths.is_within("/a/b", "/a")
    assert not paths.is_within("/ab", "/a")
