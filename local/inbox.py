"""The mails that the host's people would have received, written by the example under `examples/mails`.

A rule and a queue of the host's own, as the example's template has them; in the place of its function a
thread that looks into the queue, in the place of SES a list that the stand-in shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from examples.mails.mails.compose import Mail
from examples.mails.mails.mailer import Mailer
from examples.mails.mails.occasions import Kind, Occasion
from examples.mails.mails.recipients import Recipient
from local.host import SETTINGS_PATH, Person
from local.template import ROOT, load_template
from shared.domain.timestamps import utc_now

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_sqs import SQSClient

INBOX_PATH = "/inbox"
_RULE = "MailsRule"
_NAME = "stand-in-mails"
SECONDS_BETWEEN_LOOKS = 0.5


class Aws(Protocol):
    """Gives clients: see `local.aws_emulator`."""

    def client(self, service: str) -> Any:  # noqa: ANN401 - as boto3 itself
        """A client of the service."""


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """A mail, and when it came."""

    mail: Mail
    at: datetime


@dataclass(slots=True)
class Mailbox:
    """Everybody's mails, what they asked not to be sent, and what was sent already: all in memory."""

    people: Iterable[Person]
    issuer: str
    received: list[ReceivedMail] = field(default_factory=list)
    muted: dict[str, frozenset[Kind]] = field(default_factory=dict)
    _sent: dict[tuple[Kind, str, str], int] = field(default_factory=dict)

    def of(self, person: Person) -> list[ReceivedMail]:
        """A person's mails, the newest first."""
        return [each for each in reversed(self.received) if each.mail.recipient.address == address_of(person)]

    def find(self, user_id: str) -> Recipient | None:
        """The host's user as the example asks for them."""
        return next((self._recipient(each) for each in self.people if each.user_id == user_id), None)

    def administrators(self, company_id: str) -> list[Recipient]:
        """All who may see to a company's link."""
        return [
            self._recipient(each)
            for each in self.people
            if each.company_id == company_id and each.role == "administrator"
        ]

    def begin(self, occasion: Occasion, address: str) -> bool:
        """Whether to send it; nothing is written of again while the stand-in runs."""
        key = occasion.kind, occasion.subject_id, address
        if self._sent.get(key, -1) >= occasion.weight:
            return False
        self._sent[key] = occasion.weight
        return True

    def end(self, occasion: Occasion, address: str) -> None:
        """It was noted when it began."""

    def give_back(self, occasion: Occasion, address: str) -> None:
        """It could not be sent."""
        del self._sent[occasion.kind, occasion.subject_id, address]

    def send(self, mail: Mail) -> None:
        """Put it into the inbox."""
        self.received.append(ReceivedMail(mail, utc_now()))

    def _recipient(self, person: Person) -> Recipient:
        return Recipient(
            address_of(person),
            person.name,
            person.locale,
            f"{self.issuer}{INBOX_PATH}",
            self.muted.get(person.user_id, frozenset()),
        )


def address_of(person: Person) -> str:
    """`alice@atelier.example`: a name that leads nowhere."""
    return f"{person.user_id}@{person.company_id}.example"


class Inbox:
    """Listens to the host's bus; somebody has to look."""

    def __init__(self, aws: Aws, mailbox: Mailbox, bus: str = "default") -> None:
        self.mailbox = mailbox
        self._sqs: SQSClient = aws.client("sqs")
        self._queue_url = _queue_behind_the_rule(aws.client("events"), self._sqs, bus)
        page = f"{mailbox.issuer}{SETTINGS_PATH}"
        self._mailer = Mailer(
            recipients=mailbox, sent=mailbox, send=mailbox.send, personal_url=page, company_url=page
        )

    def look(self) -> None:
        """Write what the events in the queue lead to."""
        found = self._sqs.receive_message(QueueUrl=self._queue_url, MaxNumberOfMessages=10)
        for message in found.get("Messages", []):
            event = json.loads(message["Body"])
            self._mailer(event["detail-type"], event["detail"])
            self._sqs.delete_message(QueueUrl=self._queue_url, ReceiptHandle=message["ReceiptHandle"])


def _queue_behind_the_rule(events: EventBridgeClient, sqs: SQSClient, bus: str) -> str:
    """As the example's template has it: its pattern is the one there."""
    template = load_template(ROOT / "examples" / "mails" / "template.yaml")
    pattern = template["Resources"][_RULE]["Properties"]["EventPattern"]
    queue_url = sqs.create_queue(QueueName=_NAME)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.put_rule(Name=_NAME, EventBusName=bus, EventPattern=json.dumps(pattern))
    events.put_targets(Rule=_NAME, EventBusName=bus, Targets=[{"Id": _NAME, "Arn": arn}])
    return queue_url
