"""`python -m bench [SECTION …]`: measure, and print the tables as Markdown."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable

from bench import (
    archives,
    cold_start,
    cost,
    fairness,
    growth,
    history,
    hostile,
    importing,
    manifests,
    polling,
    proving,
    row_sizes,
    sweeping,
    synchronising,
    trace,
)
from bench.figures import Table, describe_machine

_OTHERS: dict[str, Callable[[], Iterable[Table]]] = {
    "webhook": lambda: [cold_start.measure()],
    "page": lambda: [cold_start.measure_page()],
    "synchronisation": synchronising.measure,
    "archives": lambda: [archives.measure()],
    "polling": lambda: [polling.measure()],
    "rows": row_sizes.as_tables,
    "hostile": lambda: [hostile.measure()],
    "sweep": sweeping.measure,
    "fairness": fairness.measure,
    "growth": history.measure,
    "proofs": proving.measure,
    "manifest": manifests.measure,
}
SECTIONS = ("import", "calls", *_OTHERS)
TRACE = "trace"
"""Only where asked for: it draws pictures into the documentation."""


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "section", nargs="*", help=f"of {', '.join(SECTIONS)}; all of them by default; or {TRACE}"
    )
    sections = parser.parse_args().section or SECTIONS
    if unknown := set(sections) - {*SECTIONS, TRACE}:
        parser.error(f"no section {', '.join(sorted(unknown))}")
    started = time.perf_counter()
    print(f"{describe_machine()}\n", flush=True)
    seconds_for_a_document = None
    if "import" in sections:
        measured = importing.measure()
        _show(*measured.tables)
        seconds_for_a_document = measured.seconds_for_a_small_document
    if "calls" in sections:
        counts = growth.count()
        _show(growth.as_table(counts), cost.as_table(counts[0], seconds_for_a_document))
    if TRACE in sections:
        trace.measure()
    for section, measure in _OTHERS.items():
        if section in sections:
            _show(*measure())
    print(f"Measured in {time.perf_counter() - started:.0f} s; bench/README.md says how to read it.")
    return 0


def _show(*tables: Table) -> None:
    for table in tables:
        print(table.as_markdown(), flush=True)


if __name__ == "__main__":
    sys.exit(main())
