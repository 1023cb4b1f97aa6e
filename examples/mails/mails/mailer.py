"""From an event to the mails it leads to: each once, also where an event comes again or a process dies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from .compose import Mail, compose
from .occasions import Occasion, occasions_of
from .recipients import Recipient, Recipients


class Sent(Protocol):
    """What was sent already: see `sent_mails.SentMails`."""

    def begin(self, occasion: Occasion, address: str) -> bool:
        """Whether to send it."""

    def end(self, occasion: Occasion, address: str) -> None:
        """It was sent."""

    def give_back(self, occasion: Occasion, address: str) -> None:
        """It could not be sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailer:
    """`send` raises where a mail could not be handed over; `page_urls` are those of a user, of a company."""

    recipients: Recipients
    sent: Sent
    send: Callable[[Mail], None]
    personal_url: str
    company_url: str

    def __call__(self, name: str, detail: Mapping[str, Any]) -> int:
        """How many mails an event has led to. Raises what `send` and the host's lookup raise."""
        url = self.personal_url if detail["purpose"] == "auto_import" else self.company_url
        return sum(
            self._write(occasion, each, url)
            for occasion in occasions_of(name, detail)
            for each in self._recipients_of(occasion)
        )

    def _recipients_of(self, occasion: Occasion) -> list[Recipient]:
        """Who wants it."""
        if occasion.to_administrators:
            found = self.recipients.administrators(occasion.company_id)
        else:
            user = self.recipients.find(occasion.user_id)
            found = [user] if user else []
        return [each for each in found if occasion.kind not in each.muted]

    def _write(self, occasion: Occasion, recipient: Recipient, url: str) -> bool:
        if not self.sent.begin(occasion, recipient.address):
            return False
        try:
            self.send(compose(occasion, recipient, url))
        except Exception:  # However it failed, it was not sent, and the next try is not to wait for it.
            self.sent.give_back(occasion, recipient.address)
            raise
        self.sent.end(occasion, recipient.address)
        return True
