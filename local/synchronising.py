"""The synchronisation before one's eyes: expenses are accepted, and their documents appear in Dropbox."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from local.acceptances import Acceptance, decide
from local.delivery_feed import DeliveryFeed
from local.errors import LocalError
from local.filed_documents import FiledDocuments
from local.host import ALICE, BOB, OTHER_ALICE
from local.host_expenses import HostExpenses
from local.linking import link_dropbox
from local.processes import wait_until
from local.progress_table import ProgressTable
from local.samples import COLLEAGUE_SAMPLES, write_samples
from local.world import World

LOOK_EVERY_SECONDS = 0.25
_GIVE_UP_SECONDS = 60.0
_DISK_SECONDS = 15.0
# Of the second Alice Martin's Dropbox, and so her directory in the mirror.
_COLLEAGUE = "alice-2"


class Synchronising:
    """Bob's company Dropbox linked, and a second Alice Martin who drops documents of her own."""

    def __init__(self, world: World, mirror: Path, on_step: Callable[[str], None]) -> None:
        self.tree = mirror / "bob" / "Jenji"
        self.feed = DeliveryFeed(world, BOB.company_id)
        self._host = HostExpenses(world)
        self._auto_import = mirror / _COLLEAGUE / "Apps" / "Jenji" / "Auto-Import"
        self._acceptances: list[Acceptance] = []
        on_step("Linking Bob's Dropbox account for the company")
        company = world.dropbox.add_account("bob", display_name=BOB.name)
        link_dropbox(world, BOB, company, "synchronisation")
        on_step("Linking the Dropbox account of another Alice Martin")
        link_dropbox(world, OTHER_ALICE, world.dropbox.add_account(_COLLEAGUE, display_name=OTHER_ALICE.name))
        if not wait_until(lambda: self.tree.is_dir() and self._auto_import.is_dir(), _DISK_SECONDS):
            raise LocalError("The directories Jenji and Auto-Import did not appear.")

    def drop(self) -> None:
        """Have the other Alice drop her documents."""
        write_samples(self._auto_import, COLLEAGUE_SAMPLES)

    def accept(self) -> None:
        """Once everything is imported: refuse one expense, accept some of both, leave the rest waiting."""
        expected = len(COLLEAGUE_SAMPLES)
        if not wait_until(lambda: len(self._host.of(OTHER_ALICE)) == expected, _GIVE_UP_SECONDS):
            raise LocalError("The documents of the other Alice Martin were not imported.")
        self._acceptances = [
            *decide(self._host, ALICE, self._host.of(ALICE), refused=1, accepted=7),
            *decide(self._host, OTHER_ALICE, self._host.of(OTHER_ALICE), refused=0, accepted=2),
        ]

    def look(self, table: ProgressTable) -> bool:
        """Show what is new; returns whether there was anything."""
        fresh = self.feed.poll()
        table.add_deliveries(fresh)
        return bool(fresh)

    def until_delivered(self, table: ProgressTable) -> None:
        """Wait for every document of an accepted expense, as long as some arrive."""
        wanted = self._wanted()
        table.begin_deliveries()
        give_up = time.monotonic() + _GIVE_UP_SECONDS
        while time.monotonic() < give_up:
            if self.look(table):
                give_up = time.monotonic() + _GIVE_UP_SECONDS
            delivered = len(self.feed.delivered())
            table.show(f"{delivered} of {wanted} accepted documents delivered", "to the company's Dropbox")
            if delivered >= wanted:
                return
            time.sleep(LOOK_EVERY_SECONDS)

    def verdict(self, console: Console) -> int:
        """Compare the tree on disk with what was accepted, byte by byte; the exit code."""
        filed = FiledDocuments(self.tree, self._acceptances, self.feed.delivered(), self._host.read)
        # The mirror writes to the disk a moment after Dropbox has answered.
        wait_until(lambda: not filed.problems(), _DISK_SECONDS)
        problems = filed.problems()
        console.print(self.counts(), style="bold")
        for problem in problems:
            console.print("[red]not as it should be:[/red]", escape(problem))
        return 1 if problems else 0

    def counts(self) -> str:
        """`9 documents accepted, 9 delivered`."""
        return f"{self._wanted()} documents accepted, {len(self.feed.delivered())} delivered"

    def _wanted(self) -> int:
        return sum(len(acceptance.expense.documents) for acceptance in self._acceptances)
