"""Whatever a file is called, it is filed beside `Auto-Import`, below the folder that says how it ended."""

from __future__ import annotations

import posixpath
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from functions.auto_import.filing import (
    is_beside,
    is_in_auto_import,
    label_of,
    name_below_auto_import,
    target_for,
)
from local.dropbox_emulator.core import paths
from shared.domain.imports import Outcome
from shared.domain.rejections import RejectionReason
from tests.unit.auto_import.drain_world import content_hash, drain_world

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ROOTS = {
    Outcome.IMPORTED: "/Imported/2026-11/",
    Outcome.DUPLICATE: "/Duplicates/",
    Outcome.REJECTED: "/Rejected/Damaged/",
}
ODD = "/\\:*?\"<>|%#&;'`$~ .\t\n\x00\x01\x7f\x85\u200b\u200d\u200e\u202e\u2066\u2028\ufeffé\u0301\u0130\u0131\u017fẞﬁ🧾👩\u200d👧\U0001f1eb\U0001f1f7"
WORDS = [
    "Auto-Import",
    "auto-import",
    "Imported",
    "con",
    "NUL.pdf",
    "...",
    "~",
    "%2e%2e",
    ".env",
    "-rf",
    "a (1)",
]

characters = st.characters(exclude_characters="/", exclude_categories=["Cs"]) | st.sampled_from(ODD[1:])
part = st.one_of(
    st.text(characters, min_size=1, max_size=40),
    st.sampled_from(WORDS),
    st.builds(str.__mul__, st.sampled_from(["x", "é", "🧾"]), st.just(255)),
).filter(lambda name: name not in {".", ".."})
names = st.lists(part, min_size=1, max_size=4).map("/".join)
folder_cases = st.sampled_from(["/Auto-Import", "/auto-import", "/AUTO-IMPORT", "/Auto-import"])


@settings(max_examples=300, deadline=None, derandomize=True)
@given(folder=folder_cases, name=names, outcome=st.sampled_from(Outcome))
@example(folder="/auto-import", name="Auto-Import/Auto-Import/x.pdf", outcome=Outcome.IMPORTED)
@example(folder="/Auto-Import", name="%2e%2e/%2e%2e/x.pdf", outcome=Outcome.DUPLICATE)
def test_every_name_is_filed_below_its_own_folder(folder: str, name: str, outcome: Outcome) -> None:
    reason = RejectionReason.DAMAGED if outcome is Outcome.REJECTED else None
    below = name_below_auto_import(f"{folder}/{name}")

    target = target_for(outcome, reason, name=below, locale="en", now=NOW)

    assert target == ROOTS[outcome] + name
    assert posixpath.normpath(target).startswith(ROOTS[outcome])
    assert is_in_auto_import(f"{folder}/{name}")
    assert not is_in_auto_import(target)
    assert is_beside(target, target)
    assert not is_beside(f"{folder}/{name}", target)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(name=names)
@example(name="Berlin\u202e trip\x00/x.pdf")
@example(name="\u2066\u202e/x.pdf")
@example(name="line\nbreak\u2028here/x.pdf")
def test_a_label_is_one_visible_line_naming_the_folders(name: str) -> None:
    label = label_of(name)

    assert len(label.splitlines()) <= 1
    assert not {unicodedata.category(character) for character in label} & {"Cc", "Zl", "Zp", "Cs"}
    assert not set(label) & set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert label == label.strip()


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("x.jpg", ""),
        ("Berlin trip/x.jpg", "Berlin trip"),
        ("Berlin trip/Train/x.jpg", "Berlin trip / Train"),
        ("Déjeuner 🧾/x.jpg", "Déjeuner 🧾"),
        ("👩\u200d👧/x.jpg", "👩\u200d👧"),
        ("a\u202eb/c\x07/x.jpg", "ab / c"),
        ("\u202e/Train/x.jpg", "Train"),
    ],
)
def test_a_label_names_the_folders_a_document_lay_in(name: str, label: str) -> None:
    assert label_of(name) == label


@settings(max_examples=100, deadline=None, derandomize=True)
@given(name=names.filter(lambda name: not any(map(paths.is_malformed, name.split("/")))))
@example(name="CON/NUL.pdf")
@example(name="rec\u0327u.pdf")
@example(name="🧾" * 255)
def test_a_file_of_any_name_dropbox_stores_is_imported_under_it(name: str) -> None:
    if any(map(paths.is_disallowed, name.split("/"))):
        return
    with drain_world() as world:
        world.drop(name, b"lunch")

        world.come_to_rest()

        world.check_invariants()
        assert world.tree() == {f"Imported/2026-11/{name}": b"lunch"}
        assert list(world.documents.objects) == [f"documents/alice/{content_hash(b'lunch')}"]
