"""Sees to it that a user and a company hold no more than their share of the readers, for any drop."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.domain.errors import AwsFailed, Retryable
from shared.domain.page_quotas import Payer
from shared.domain.reader_shares import ReaderLease, ReaderShares, ReaderSlots, slots_of
from shared.domain.timestamps import Clock

_READING_SECONDS, _FIRST_SECONDS, _LONGEST_SECONDS = 2.0, 5.0, 600.0
_READINGS_WAITED_FOR, _RECEIVES_IN_HASTE = 3, 7


class Leases(Protocol):
    """Readers at work: see `shared.aws.stores.reader_leases`. Every method may raise AwsUnavailable."""

    def take(self, slots: ReaderSlots, now: datetime) -> ReaderLease | None:
        """Hold a slot; None where all of them are held."""

    def give_back(self, lease: ReaderLease) -> None:
        """The slot is free."""


class ShareTaken(Retryable):
    """As many readers as may be are at work for its user or company; nothing of the job has changed."""


@dataclass(frozen=True, slots=True)
class ReaderShare:
    """Holds a slot of the user and one of the company while a document is read."""

    leases: Leases
    shares: ReaderShares
    now: Clock

    @contextmanager
    def held(self, payer: Payer) -> Iterator[None]:
        """Raises ShareTaken, holding nothing, and AwsUnavailable."""
        held: list[ReaderLease] = []
        try:
            for slots in slots_of(payer, self.shares):
                lease = self.leases.take(slots, self.now())
                if lease is None:
                    raise ShareTaken(slots.kind)
                held.append(lease)
            yield
        finally:
            for lease in held:
                with suppress(AwsFailed):  # it ends by itself
                    self.leases.give_back(lease)


def share_delay(receive_count: int) -> float:
    """Seconds until a doorbell asks for a reader again, jittered.

    At first as soon as those at work will have read a document, so that a drop of a hundred documents is read
    without a pause; then, as who has dropped thousands receives each many times, longer and longer, so that
    asking takes no readers itself.
    """
    if receive_count <= _READINGS_WAITED_FOR:
        return _jittered(_READING_SECONDS)
    doublings = max(0, receive_count - _RECEIVES_IN_HASTE) / 2
    return _jittered(min(_FIRST_SECONDS * 2**doublings, _LONGEST_SECONDS))


def _jittered(seconds: float) -> float:
    return seconds * random.uniform(0.6, 1)  # noqa: S311 - jitter
