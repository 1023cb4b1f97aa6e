"""`python -m bench.fit DOCUMENTS…`: what fitted weights would change, and how often each score is right."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.degraded import Degradation
from bench.fit.calibration import chances, curve, threshold
from bench.fit.examples import HAND_SET, Example, examples_of, judged_documents
from bench.fit.learning import fitted, folds, is_chosen_right, once
from bench.reading.pages import PagesRead
from functions.document_reading.reading.model import Source
from functions.document_reading.reading.weights import Weights

_LOYALTIES = (0.3, 1.0)
_PRECISIONS = {"total": 0.997, "date": 0.995, "merchant": 0.99}


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.fit", description=__doc__)
    parser.add_argument("documents", type=Path, nargs="+", help="folders of documents with truth beside them")
    parser.add_argument("--words", type=Path, help="a folder to keep the words of pictures in")
    parser.add_argument(
        "--degrade", type=Degradation, help="count each picture a second time, made worse: photographed…"
    )
    parser.add_argument("--weights", action="store_true", help="print the weights fitted to all documents")
    chosen = parser.parse_args()
    documents = judged_documents(chosen.documents, PagesRead(chosen.words, None))
    if chosen.degrade:
        worse = judged_documents(chosen.documents, PagesRead(chosen.words, chosen.degrade))
        documents += [one for one in worse if one.lines[0].source is Source.OCR]
    for field, hand_set in HAND_SET.items():
        examples = examples_of(field, documents)
        groups = len({one.group for one in examples})
        print(f"## {field}: {len(examples)} documents of {groups} merchants or layouts\n")
        print("\n".join([*_fit(examples, hand_set), "", *_calibration(field, examples, hand_set), ""]))
        if chosen.weights:
            _print_weights(fitted(examples, hand_set, _LOYALTIES[1]), hand_set)
    return 0


def _fit(examples: Sequence[Example], hand_set: Weights) -> list[str]:
    """The weights as they are and fitted ones, in and out of the documents they are fitted to."""
    rows = [
        "| weights | right | once | right, out of fold | once, out of fold | gained | lost |",
        "|---|---|---|---|---|---|---|",
    ]
    before = [(one, is_chosen_right(one, hand_set)) for one in examples]
    rows.append(f"| set by hand | {_shares(before)} | | | | |")
    for loyalty in _LOYALTIES:
        weights = fitted(examples, hand_set, loyalty)
        inside = [(one, is_chosen_right(one, weights)) for one in examples]
        outside = _out_of_fold(examples, hand_set, loyalty)
        was = {id(one): is_right for one, is_right in before}
        gained = sum(is_right and not was[id(one)] for one, is_right in outside)
        lost = sum(not is_right and was[id(one)] for one, is_right in outside)
        rows.append(
            f"| fitted, loyalty {loyalty} | {_shares(inside)} | {_shares(outside)} | {gained} | {lost} |"
        )
    return rows


def _out_of_fold(
    examples: Sequence[Example], hand_set: Weights, loyalty: float
) -> list[tuple[Example, bool]]:
    results: list[tuple[Example, bool]] = []
    for known, judged in folds(examples):
        weights = fitted(known, hand_set, loyalty)
        results.extend((one, is_chosen_right(one, weights)) for one in judged)
    return results


def _shares(results: Sequence[tuple[Example, bool]]) -> str:
    return f"{sum(is_right for _, is_right in results)} of {len(results)} | {100 * once(results):.1f} %"


def _calibration(field: str, examples: Sequence[Example], hand_set: Weights) -> list[str]:
    """How often readings of each chance are right, and from which chance on they are right often enough."""
    found = chances(examples, hand_set)
    rows = [
        "| chance, out of fold | readings | right | of them confirmed by the rules |",
        "|---|---|---|---|",
    ]
    for low, high, count, right in curve(found):
        sure = sum(one.example.is_confirmed for one in found if low <= one.chance < high)
        rows.append(f"| {low:.2f} to {high:.2f} | {count} | {right} | {sure} |")
    confirmed = [one for one in examples if one.is_confirmed]
    wrong = sum(not one.is_read_right for one in confirmed)
    wanted = _PRECISIONS[field]
    least, count, wrongly = threshold(found, wanted)
    said = (
        f"By the rules {len(confirmed)} are confirmed, {wrong} of them wrong. With a chance of {least:.3f} "
    )
    said += f"or more there are {count}, {wrongly} of them wrong: {100 * wanted:.1f} % are to be right."
    return [*rows, "", said]


def _print_weights(weights: Weights, hand_set: Weights) -> None:
    for piece, weight in weights.items():
        print(f"{piece:30} {hand_set[piece]:6.2f} {weight:6.2f}")
    print()


if __name__ == "__main__":
    sys.exit(main())
