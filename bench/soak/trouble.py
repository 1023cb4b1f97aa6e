"""What goes wrong in the meantime: Dropbox in several ways, and functions that are killed."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Mapping
from random import Random

from bench.soak.functions import function_processes
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


_BETWEEN_FAULTS, _BETWEEN_KILLS, _BETWEEN_FULL = 1.0, 4.0, 20.0


class Trouble:
    """Armed now and then, drawn from a seed; what happened is counted. For one thread at a time."""

    def __init__(self, world: World, everybody: Everybody, seed: int) -> None:
        self.killed: Counter[str] = Counter()
        self._world = world
        self._accounts = [user.account for user in everybody]
        self._accounts += [company.account for company in everybody.companies.values()]
        self._quotas: dict[Account, int] = {}
        self._random = Random(seed)  # noqa: S311 - to be repeatable
        self._every = {self.arm: _BETWEEN_FAULTS, self.kill: _BETWEEN_KILLS, self.fill_up: _BETWEEN_FULL}
        self._next_at = dict.fromkeys(self._every, 0.0)

    def go_on(self) -> None:
        """What it is time for."""
        for act, seconds in self._every.items():
            if time.monotonic() >= self._next_at[act]:
                act()
                self._next_at[act] = time.monotonic() + seconds

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
        """A process that runs a function, in the middle of its work, as Lambda may."""
        running = function_processes()
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
