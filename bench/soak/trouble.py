"""What goes wrong in the meantime: Dropbox in several ways, and functions that are killed."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from random import Random

from bench.soak.people import Everybody
from local.dropbox_emulator.core.account import Account
from local.dropbox_emulator.faults.befalling import ExpireTokens
from local.dropbox_emulator.faults.effect import Effect
from local.dropbox_emulator.faults.fault import WEBHOOK, Fault
from local.dropbox_emulator.faults.refusing import HtmlPage, RateLimited, Status
from local.dropbox_emulator.faults.transport import Altered, Cut, Reset
from local.dropbox_emulator.webhooks.faults import LateWebhook, LostWebhook, RepeatedWebhook, WebhookFault
from local.world import World

_FAULTS: Mapping[str, tuple[str, Effect | WebhookFault]] = {
    "a rate limit": ("*", RateLimited(1)),
    "a rate limit in plain text": ("*", RateLimited(2, plain_text=True)),
    "503": ("*", Status(503)),
    "500 after it took effect": ("files/*", Status(500, took_effect=True)),
    "a proxy's page": ("*", HtmlPage()),
    "a reset": ("*", Reset()),
    "a reset after it took effect": ("files/*", Reset(took_effect=True)),
    "a body that is cut": ("files/download", Cut(after=100)),
    "altered bytes": ("files/download", Altered(at=50)),
    "expired tokens": ("files/*", ExpireTokens()),
    "a lost notification": (WEBHOOK, LostWebhook()),
    "a late notification": (WEBHOOK, LateWebhook(2.0)),
    "a repeated notification": (WEBHOOK, RepeatedWebhook()),
}


class Trouble:
    """Armed now and then, drawn from a seed; what happened is counted."""

    def __init__(self, world: World, everybody: Everybody, seed: int) -> None:
        self.killed: Counter[str] = Counter()
        self._world = world
        self._accounts = [user.account for user in everybody]
        self._accounts += [company.account for company in everybody.companies.values()]
        self._quotas: dict[Account, int] = {}
        self._random = Random(seed)  # noqa: S311 - to be repeatable

    def arm(self) -> None:
        """One more fault, which meets the next few calls of somebody's account."""
        route, effect = _FAULTS[self._random.choice(sorted(_FAULTS))]
        account = self._random.choice(self._accounts).name
        times = self._random.choice((1, 1, 2, 6))
        self._world.dropbox.faults.add(Fault(route=route, account=account, times=times, answer=effect))

    def fill_up(self) -> None:
        """An account has no room left; the one before has it again."""
        self._make_room()
        account = self._random.choice(self._accounts)
        self._quotas[account], account.quota = account.quota, 0

    def kill(self) -> None:
        """A process that runs a function, in the middle of whatever it does, as Lambda may."""
        running = list(_functions())
        if running:
            process_id, name = self._random.choice(running)
            try:
                os.kill(process_id, signal.SIGKILL)
            except ProcessLookupError:
                return
            self.killed[name] += 1

    def end(self) -> int:
        """Disarm all; how many calls and notifications they met."""
        self._make_room()
        met = sum(armed.fired for armed in self._world.dropbox.faults.all())
        self._world.dropbox.faults.clear()
        return met

    def _make_room(self) -> None:
        for account, quota in self._quotas.items():
            account.quota = quota
        self._quotas.clear()


def _functions() -> list[tuple[int, str]]:
    """The processes that run functions below our own, by the names of their folders."""
    processes = (entry for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return sorted((int(entry.name), name) for entry in processes if (name := _function_of(entry)))


def _function_of(process: Path) -> str:
    """Its interpreter is given a script in a folder named after the function, below one named after us."""
    try:
        _, *arguments = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return ""
    script = Path(arguments[0]) if arguments else Path()
    if script.name != "_worker.py" or f"/{os.getpid()}-" not in str(script):
        return ""
    return script.parent.name.removeprefix("ministack-lambda-").rpartition("-")[0]
