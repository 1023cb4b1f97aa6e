"""Webhooks: registration with its challenge, and signed notifications sent from threads of their own."""

import hashlib
import hmac
import json
import logging
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import urllib3

from local.dropbox_emulator.core.account import Account, Clock
from local.dropbox_emulator.core.apps import App
from local.dropbox_emulator.webhooks.faults import LateWebhook, RepeatedWebhook, Tamper

logger = logging.getLogger(__name__)


class WebhookRefused(Exception):
    """The address did not echo the challenge, so Dropbox does not register it."""


@dataclass(frozen=True)
class WebhookPolicy:
    """Seconds: how long changes are gathered, an answer may take, and to wait before each retry.

    The default retries span the ten minutes Dropbox tries for.
    """

    coalesce: float = 0.05
    timeout: float = 10.0
    retries: tuple[float, ...] = (1, 2, 4, 8, 15, 30, 60, 60, 60, 90, 120, 150)


@dataclass(frozen=True)
class Delivery:
    """One notification sent. `status` is the answer's, 0 when there was none; `attempt` counts from 1."""

    app_key: str
    account_ids: tuple[str, ...]
    status: int
    attempt: int

    @property
    def is_accepted(self) -> bool:
        """Whether Dropbox takes it as delivered."""
        return 200 <= self.status < 300


@dataclass
class _Pending:
    due: float
    attempt: int
    is_late: bool = False


@dataclass
class _Queue:
    """What one app has still to be told."""

    waiting: dict[str, _Pending] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    is_sending: bool = False


class WebhookSender:
    """One thread per app that has a webhook, so that a slow one delays neither calls nor other apps.

    `clock` counts seconds; after moving one that does not run by itself, call `look_again`. `tamper` says
    what befalls the first notification of a change, given the app's key and the account's short name.
    """

    def __init__(self, apps: Mapping[str, App], policy: WebhookPolicy, clock: Clock = time.monotonic) -> None:
        self.tamper: Tamper = lambda _app_key, _account: None
        self._apps = apps
        self._policy = policy
        self._clock = clock
        self._http = urllib3.PoolManager(retries=False, timeout=policy.timeout)
        self._queues: dict[str, _Queue] = {}
        self._threads: list[threading.Thread] = []
        self._deliveries: list[Delivery] = []
        self._changed = threading.Condition()
        self._is_stopped = False

    def verify(self, url: str) -> None:
        """Do the challenge of a registration.

        Raises:
            WebhookRefused: anything but 200 and the challenge as body.

        """
        challenge = secrets.token_urlsafe(24)
        try:
            response = self._http.request("GET", url, fields={"challenge": challenge})
        except urllib3.exceptions.HTTPError as error:
            raise WebhookRefused("the webhook did not answer the challenge") from error
        if response.status != 200 or response.data.decode("utf-8", "replace") != challenge:
            raise WebhookRefused(f"the webhook answered {response.status} without the challenge")

    def notify(self, app_key: str, account: Account) -> None:
        """Tell an app soon that an account changed. Never blocks on the network."""
        with self._changed:
            if self._is_stopped:
                return
            queue = self._queue(app_key)
            queue.accounts[account.id] = account
            waiting = queue.waiting.get(account.id)
            if waiting is None or waiting.attempt > 1:
                queue.waiting[account.id] = _Pending(self._clock() + self._policy.coalesce, 1)
                self._changed.notify_all()

    def deliveries(self, app_key: str | None = None) -> list[Delivery]:
        """What was sent so far, every attempt."""
        with self._changed:
            return [each for each in self._deliveries if app_key in {None, each.app_key}]

    def wait_until_idle(self, timeout: float = 5.0) -> bool:
        """Wait until nothing is pending or being sent; whether that came in time."""
        with self._changed:
            return self._changed.wait_for(
                lambda: not any(queue.waiting or queue.is_sending for queue in self._queues.values()),
                timeout,
            )

    def next_due(self) -> float | None:
        """When, by the clock, the next notification is to be sent; `None` when none is pending."""
        with self._changed:
            dues = [each.due for queue in self._queues.values() for each in queue.waiting.values()]
        return min(dues, default=None)

    def look_again(self) -> None:
        """Notice that the clock was moved."""
        with self._changed:
            self._changed.notify_all()

    def stop(self) -> None:
        """Send nothing more."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(timeout=1)
        self._http.clear()

    def _queue(self, app_key: str) -> _Queue:
        if app_key not in self._queues:
            self._queues[app_key] = _Queue()
            name = f"dropbox-webhook-{app_key}"
            thread = threading.Thread(target=self._run, args=(app_key,), name=name, daemon=True)
            self._threads.append(thread)
            thread.start()
        return self._queues[app_key]

    def _run(self, app_key: str) -> None:
        while (batch := self._take(app_key)) is not None:
            repeated = self._meet_faults(app_key, batch)
            for attempt in sorted({pending.attempt for pending in batch.values()}):
                account_ids = tuple(each for each, pending in batch.items() if pending.attempt == attempt)
                self._settle(self._send(app_key, account_ids, attempt))
            for account_id in repeated:
                self._settle(self._send(app_key, (account_id,), 1))
            with self._changed:
                self._queues[app_key].is_sending = False
                self._changed.notify_all()

    def _meet_faults(self, app_key: str, batch: dict[str, _Pending]) -> list[str]:
        """Take what is lost or late out of the batch; returns the accounts to be named again."""
        queue = self._queues[app_key]
        repeated: list[str] = []
        for account_id, pending in list(batch.items()):
            if pending.attempt > 1 or pending.is_late:
                continue
            fault = self.tamper(app_key, queue.accounts[account_id].name)
            if isinstance(fault, RepeatedWebhook):
                repeated += [account_id] * (fault.times - 1)
            elif fault is not None:
                del batch[account_id]
            if isinstance(fault, LateWebhook):
                with self._changed:
                    late = _Pending(self._clock() + fault.seconds, 1, is_late=True)
                    queue.waiting.setdefault(account_id, late)
        return repeated

    def _take(self, app_key: str) -> dict[str, _Pending] | None:
        """The accounts due for notification, once there are any; `None` at the end."""
        queue = self._queues[app_key]
        with self._changed:
            while not self._is_stopped:
                now = self._clock()
                due = {key: each for key, each in queue.waiting.items() if each.due <= now}
                if due:
                    for account_id in due:
                        del queue.waiting[account_id]
                    queue.is_sending = True
                    return due
                next_due = min((each.due for each in queue.waiting.values()), default=None)
                self._changed.wait(None if next_due is None else next_due - now)
        return None

    def _send(self, app_key: str, account_ids: tuple[str, ...], attempt: int) -> Delivery:
        app = self._apps[app_key]
        uids = [self._queues[app_key].accounts[each].owner.uid for each in account_ids]
        body = json.dumps({"list_folder": {"accounts": account_ids}, "delta": {"users": uids}}).encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "DropboxWebhooks/1.0",
            "X-Dropbox-Signature": hmac.new(app.secret.encode(), body, hashlib.sha256).hexdigest(),
        }
        try:
            url = app.webhook_url or ""
            status = self._http.request("POST", url, body=body, headers=headers, redirect=False).status
        except urllib3.exceptions.HTTPError:
            status = 0
        return Delivery(app_key, account_ids, status, attempt)

    def _settle(self, delivery: Delivery) -> None:
        with self._changed:
            self._deliveries.append(delivery)
            if delivery.is_accepted:
                return
            if delivery.attempt > len(self._policy.retries):
                logger.warning("webhook notification given up after %d attempts", delivery.attempt)
                return
            due = self._clock() + self._policy.retries[delivery.attempt - 1]
            for account_id in delivery.account_ids:
                waiting = self._queues[delivery.app_key].waiting
                waiting.setdefault(account_id, _Pending(due, delivery.attempt + 1))
