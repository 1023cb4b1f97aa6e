"""Shows what becomes of dropped documents until each has ended, and judges how."""

from __future__ import annotations

import time
from collections import Counter

from rich.console import Console

from local.drop import DroppedDocuments
from local.dropbox_emulator.core.account import Account
from local.host import ALICE
from local.import_feed import ImportFeed
from local.progress_table import ProgressTable
from local.reading_feed import ReadingFeed
from local.world import World

LOOK_EVERY_SECONDS = 0.5
_GIVE_UP_SECONDS = 180.0
"""Without any file recorded for so long, a run with --once has failed."""
_READ_WITHIN_SECONDS = 300.0
"""A picture takes seconds to read; a user who drops a thousand is told how many are left."""


class ImportWatch:
    """Follows the documents that Alice has dropped."""

    def __init__(
        self, world: World, account: Account, dropped: DroppedDocuments, table: ProgressTable
    ) -> None:
        self.feed = ImportFeed(world, ALICE.user_id, account)
        self.readings = ReadingFeed(world, ALICE.user_id)
        self._dropped = dropped
        self._table = table

    def look(self, hint: str) -> bool:
        """Show what is new; returns whether there was anything."""
        fresh = self.feed.poll()
        self._table.add(fresh)
        self._table.show(str(self.feed.counts()), hint)
        return bool(fresh)

    def look_at_readings(self) -> bool:
        """The same of what was read off documents."""
        fresh = self.readings.poll()
        self._table.add_readings(fresh)
        self._table.show(str(self.readings), f"{self.readings.waiting} to be read")
        return bool(fresh)

    def until_read(self) -> None:
        """Wait for the imported documents to be read, as long as some are, and not for thousands of them."""
        self._table.begin_readings()
        no_longer_than = time.monotonic() + _READ_WITHIN_SECONDS
        give_up = min(no_longer_than, time.monotonic() + _GIVE_UP_SECONDS)
        while time.monotonic() < give_up:
            if self.look_at_readings():
                give_up = min(no_longer_than, time.monotonic() + _GIVE_UP_SECONDS)
            if not self.readings.waiting:
                return
            time.sleep(LOOK_EVERY_SECONDS)

    def until_recorded(self) -> None:
        """Wait for every dropped document, as long as some are recorded."""
        give_up = time.monotonic() + _GIVE_UP_SECONDS
        while time.monotonic() < give_up and not self._is_done():
            if self.look(f"of {len(self._dropped.names)} dropped"):
                give_up = time.monotonic() + _GIVE_UP_SECONDS
            time.sleep(LOOK_EVERY_SECONDS)

    def verdict(self, console: Console) -> int:
        """Print the counts and what is wrong; the exit code."""
        counts = self.feed.counts()
        console.print()
        console.print(str(counts), style="bold")
        console.print(str(self.readings), style="bold")
        problems = self._dropped.problems(self.feed.recorded)
        if counts.under_way or self.feed.lying():
            problems.append(f"{self.feed.lying()} still lie in Auto-Import")
        for problem in problems:
            console.print(f"[red]not as it should be:[/red] {problem}")
        return 1 if problems else 0

    def _is_done(self) -> bool:
        recorded = Counter(file.name for file in self.feed.recorded)
        if any(recorded[name] == 0 for name in self._dropped.names):
            return False
        return self.feed.lying() == 0 and self.feed.unfiled() == 0
