"""Comparing a listing with what was delivered, beside a plain account of the same in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from functions.document_sync.proving.comparison import Comparison, comparison_in
from shared.domain.cloud_files import ListedEntry
from shared.domain.deliveries import Delivery, DeliveryKey, Place, new_delivery
from shared.domain.proofs import Finding, FoundDocument, place_of

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
# Few of each, so that they meet: also in another case, below one another, and at the edges of a prefix.
paths = st.sampled_from(
    ["/j/a", "/J/A", "/j/a/b", "/j/a0", "/j/a.b", "/j/É", "/j/é", "/j/c", "/j/straße", "/j/d%"]
)
hashes = st.sampled_from(["one", "two", "three"])
entries = st.lists(st.builds(ListedEntry, paths, hashes | st.none()), max_size=25)
documents = st.lists(st.tuples(paths, hashes), max_size=12)


def delivery(number: int, path: str, content_hash: str) -> Delivery:
    key = DeliveryKey("atelier", "dbid:first", f"expense-{number}", "document")
    pending = new_delivery(key, NOW, NOW, "")
    return pending.delivered(
        Place(path, "2026-11", "Alice"), content_hash=content_hash, sha256="", space=None, at=NOW
    )


def compare(
    listing: Sequence[Sequence[ListedEntry]], expected: Sequence[tuple[str, str]]
) -> tuple[Comparison, list[FoundDocument], int, int]:
    with TemporaryDirectory() as directory, comparison_in(Path(directory)) as comparison:
        for page in listing:
            comparison.list(page)
        comparison.expect(delivery(number, *document) for number, document in enumerate(expected))
        comparison.conclude()
        return comparison, list(comparison.findings()), comparison.documents, comparison.files


def state_after(listed: Sequence[ListedEntry]) -> dict[str, str]:
    """What lies where once all entries have been gone through."""
    files: dict[str, str] = {}
    for entry in listed:
        place = place_of(entry.path)
        if entry.content_hash is not None:
            files[place] = entry.content_hash
            continue
        files = {
            key: value for key, value in files.items() if key != place and not key.startswith(f"{place}/")
        }
    return files


@given(listed=entries, expected=documents)
def test_every_document_is_one_of_four_and_every_copy_is_counted_once(
    listed: list[ListedEntry], expected: list[tuple[str, str]]
) -> None:
    _, findings, number, files = compare([listed], expected)

    there = state_after(listed)
    counts = Counter(each.finding for each in findings)
    in_place = [(path, hash_) for path, hash_ in expected if there.get(place_of(path)) == hash_]
    taken = {place_of(path) for path, _ in in_place}
    lost = Counter(hash_ for path, hash_ in expected if there.get(place_of(path)) != hash_)
    wanted = {hash_ for _, hash_ in expected}
    strays = Counter(hash_ for place, hash_ in there.items() if hash_ in wanted and place not in taken)
    assert (number, files) == (len(expected), len(there))
    assert number - sum(counts[kind] for kind in (Finding.MISSING, Finding.CHANGED, Finding.MOVED)) == len(
        in_place
    )
    assert counts[Finding.MOVED] == (lost & strays).total()
    assert counts[Finding.DOUBLED] == (strays - lost).total()
    for each in findings:
        [content_hash] = {
            hash_ for index, (_, hash_) in enumerate(expected) if each.expense_id == f"expense-{index}"
        }
        if each.found_at is not None:
            assert there[place_of(each.found_at)] == content_hash
        elif each.finding is Finding.MISSING:
            assert place_of(each.path) not in there
        else:
            assert there[place_of(each.path)] != content_hash
    found_at = [place_of(each.found_at) for each in findings if each.found_at is not None]
    assert len(found_at) == len(set(found_at))


@given(listed=entries, expected=documents, at=st.integers(0, 25))
def test_how_a_listing_is_cut_into_pages_makes_no_difference(
    listed: list[ListedEntry], expected: list[tuple[str, str]], at: int
) -> None:
    _, whole, *_ = compare([listed], expected)
    _, in_pages, *_ = compare([listed[:at], [], listed[at:]], expected)

    assert in_pages == whole


def test_what_can_be_put_back_comes_first() -> None:
    _, findings, *_ = compare(
        [[ListedEntry("/j/c", "two"), ListedEntry("/j/x", "three")]],
        [("/j/d", "three"), ("/j/c", "one"), ("/j/b", "four"), ("/j/a", "four")],
    )

    assert [(each.finding, each.path) for each in findings] == [
        (Finding.MISSING, "/j/a"),
        (Finding.MISSING, "/j/b"),
        (Finding.CHANGED, "/j/c"),
        (Finding.MOVED, "/j/d"),
    ]
