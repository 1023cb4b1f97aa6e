"""The table of docs/dropbox.md: routes, statuses and outcomes of recordings, counted; no bodies."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from tests.integration.dropbox_recordings.outcomes import outcome_of
from tests.integration.dropbox_recordings.recording import Recording

PAGE = Path(__file__).resolve().parents[3] / "docs" / "dropbox.md"
BEGIN, END = "<!-- recordings: begin -->", "<!-- recordings: end -->"
_SHOWN = 2


def table(recordings: list[Recording]) -> str:
    """Rows by route, status and outcome."""
    ids: dict[tuple[str, int, str], list[str]] = defaultdict(list)
    for recording in recordings:
        ids[recording.route, recording.status, outcome_of(recording)].append(recording.id)
    rows = [
        f"| `{route}` | {status} | {len(found)} | {outcome} | {_some(found)} |"
        for (route, status, outcome), found in sorted(ids.items())
    ]
    head = [
        "| route | status | recordings | what the product makes of it | such as |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([*head, *rows])


def published(page: str) -> str:
    """The table that a page shows."""
    return page.partition(BEGIN)[2].partition(END)[0].strip()


def with_table(page: str, shown: str) -> str:
    """The page with another table."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n{shown}\n{END}{rest.partition(END)[2]}"


def _some(ids: list[str]) -> str:
    more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
    return ", ".join(f"`{each}`" for each in ids[:_SHOWN]) + more
