"""Faults: which calls they meet, how often, and what they do to them.

emulator.faults.add(Fault(route="files/download", times=2, answer=Status(503)))
emulator.faults.add(Fault(route="files/*", account="alice", probability=0.1, seed=7, answer=Reset()))
emulator.faults.add(Fault(route="webhook", times=1, answer=LostWebhook()))
"""

import asyncio
import contextlib
import itertools
import json
import random
import threading
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from aiohttp import web

from local.dropbox_emulator.api.calls import Call, Proceed
from local.dropbox_emulator.api.service import DropboxService
from local.dropbox_emulator.core.wakeups import Wakeups
from local.dropbox_emulator.faults.effect import Effect
from local.dropbox_emulator.webhooks.faults import WebhookFault

WEBHOOK = "webhook"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A fault and the calls it meets.

    `route`: a name or pattern such as ``files/*``; ``oauth2/token`` too, and ``webhook`` for notifications.
    `account`: a short name. `app`: an app's key. `mentions`: text in the call's argument, such as a path or
    an id. Of the calls that match all of these, the fault meets `times` (all, by default) from the `nth` on,
    each with this `probability`, drawn from `seed`.
    """

    answer: Effect | WebhookFault
    route: str = "*"
    account: str | None = None
    app: str | None = None
    mentions: str | None = None
    nth: int = 1
    times: int | None = None
    probability: float = 1.0
    seed: int = 0

    def __post_init__(self) -> None:
        counts = (self.nth, 1 if self.times is None else self.times)
        if min(counts) < 1 or not 0 <= self.probability <= 1:
            raise ValueError("nth and times count from 1, and a probability lies between 0 and 1")
        if (self.route == WEBHOOK) != isinstance(self.answer, WebhookFault):
            raise ValueError("notifications meet the faults of webhooks, and calls all others")


@dataclass(eq=False)
class ArmedFault:
    """A fault at work: how many calls it matched, how many it met."""

    id: int
    fault: Fault
    matched: int = 0
    fired: int = 0
    _random: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._random = random.Random(self.fault.seed)  # noqa: S311 - faults are to be repeatable

    def is_due(self) -> bool:
        """Count one more matching call; whether it is the fault's turn."""
        self.matched += 1
        is_over = self.fault.times is not None and self.fired >= self.fault.times
        if self.matched < self.fault.nth or is_over:
            return False
        return self._random.random() < self.fault.probability


class Faults:
    """The faults of one emulator, in the order they were added: the first that is due acts. Thread-safe."""

    def __init__(self, service: DropboxService) -> None:
        self.service = service
        self._armed: dict[int, ArmedFault] = {}
        self._numbers = itertools.count(1)
        self._stalled = Wakeups()
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> ArmedFault:
        """Arm a fault; it counts from now."""
        with self._lock:
            armed = ArmedFault(next(self._numbers), fault)
            self._armed[armed.id] = armed
            return armed

    def all(self) -> list[ArmedFault]:
        """Those armed, with those that have met all the calls they would."""
        with self._lock:
            return list(self._armed.values())

    def remove(self, number: int) -> None:
        """Disarm one, by its id.

        Raises:
            KeyError: there is none.

        """
        with self._lock:
            del self._armed[number]

    def clear(self) -> None:
        """Disarm all; what is stalled goes on."""
        with self._lock:
            self._armed.clear()
        self._stalled.wake_all()

    async def intercept(self, call: Call, proceed: Proceed) -> web.StreamResponse:
        """Let a call meet the fault that is due, if any."""
        if not self._armed:
            return await proceed()
        argument = await _argument(call.request) if self._mentions_matter() else ""
        effect = self._due(call.route, call.account, call.app_key, argument)
        if effect is None or isinstance(effect, WebhookFault):
            return await proceed()
        try:
            return await effect.act(call, proceed, self)
        except ConnectionResetError:  # the client did not wait for what is sent piece by piece
            return web.Response()

    def of_webhook(self, app_key: str, account: str) -> WebhookFault | None:
        """What befalls a notification about an account, given by its short name."""
        effect = self._due(WEBHOOK, account, app_key, "")
        return effect if isinstance(effect, WebhookFault) else None

    async def stall(self, seconds: float | None) -> None:
        """Wait so long, or until the faults are cleared."""
        with self._stalled.waiting() as is_over, contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await is_over.wait()

    def _due(
        self, route: str, account: str | None, app_key: str | None, argument: str
    ) -> Effect | WebhookFault | None:
        with self._lock:
            chosen = None
            for armed in self._armed.values():
                is_match = _matches(armed.fault, route, account, app_key, argument)
                if is_match and armed.is_due() and chosen is None:
                    armed.fired += 1
                    chosen = armed.fault.answer
            return chosen

    def _mentions_matter(self) -> bool:
        return any(armed.fault.mentions is not None for armed in self.all())


def _matches(fault: Fault, route: str, account: str | None, app_key: str | None, argument: str) -> bool:
    return (
        (fnmatchcase(route, fault.route) if route != WEBHOOK else fault.route == WEBHOOK)
        and fault.account in {None, account}
        and fault.app in {None, app_key}
        and (fault.mentions is None or fault.mentions in argument)
    )


async def _argument(request: web.Request) -> str:
    """The argument of a call as it was sent, save that JSON's escapes are undone."""
    raw = request.headers.get("Dropbox-API-Arg") or request.query.get("arg") or ""
    if not raw and request.content_type == "application/json":
        raw = (await request.read()).decode("utf-8", "replace")
    with contextlib.suppress(ValueError):
        return json.dumps(json.loads(raw), ensure_ascii=False)
    return raw
