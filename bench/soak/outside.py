"""What must hold at rest, seen from outside: by Dropbox, the tables, the bucket, the queues, the events."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.soak.people import APP_FOLDER, Company, Everybody, User, digest
from bench.soak.queues import messages_on
from bench.soak.tables import Row, Tables
from local.host_expense_rows import HostExpense
from local.host_expenses import HostExpenses
from local.world import World
from shared.domain.expenses import ExpenseStatus
from shared.domain.host_events import SOURCE
from shared.domain.host_expenses import DELIVERABLE

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

_TOLD = "soak-told"


@dataclass(frozen=True, slots=True)
class Counts:
    """What went through."""

    dropped: int
    recorded: Counter[str]
    delivered: int
    longest_wait: float
    """Of a file, in seconds from the notification to its record."""


class Outside:
    """Looks at a running system without asking its own code."""

    def __init__(self, world: World, everybody: Everybody) -> None:
        self._world = world
        self._everybody = everybody
        self._tables = Tables(world)
        self._sqs: SQSClient = world.aws.client("sqs")
        self._host = HostExpenses(world)
        self._told: set[tuple[str, str]] = set()
        self._listen()

    def problems(self) -> list[str]:
        """What is not as it must be, in words."""
        records, imported = list(self._tables.records()), self._imported()
        found = [
            *(
                problem
                for user in self._everybody
                for problem in self._of_user(user, records, imported[user.person.user_id])
            ),
            *(problem for company in self._everybody.companies.values() for problem in self._of(company)),
            *(
                f"{self._messages(url)} messages ended in {url}"
                for url in self._ends()
                if self._messages(url)
            ),
        ]
        return [*found, *self._untold()]

    def counts(self) -> Counts:
        """From the tables."""
        records = list(self._tables.records())
        return Counts(
            dropped=sum(len(user.dropped) for user in self._everybody),
            recorded=Counter(str(row["outcome"]) for row in records),
            delivered=sum(row["status"] == "DELIVERED" for row in self._tables.deliveries()),
            longest_wait=max((float(row["seconds"]) for row in records), default=0.0),
        )

    def _imported(self) -> dict[str, list[HostExpense]]:
        """The expenses made of files, by their users."""
        by_user: dict[str, list[HostExpense]] = defaultdict(list)
        for company_id in self._everybody.companies:
            for expense in self._host.of_company(company_id):
                if not _is_by_hand(expense.documents[0].name):
                    by_user[expense.user_id].append(expense)
        return by_user

    def _of_user(self, user: User, records: list[Row], expenses: list[HostExpense]) -> Iterator[str]:
        name = user.person.user_id
        yield from self._of_contents(user, expenses)
        own = [row for row in records if row["user_id"] == name and row["outcome"] == "imported"]
        if sorted(row["expense_id"] for row in own) != sorted(each.expense_id for each in expenses):
            yield f"{name}: {len(own)} imports on record, {len(expenses)} expenses"
        for expense in expenses:
            if digest(self._host.read(expense.documents[0])) != expense.documents[0].sha256:
                yield f"{name}: other bytes in the bucket than those of {expense.expense_id}"

    def _of_contents(self, user: User, expenses: list[HostExpense]) -> Iterator[str]:
        """What was dropped, what lies there and what became of it."""
        name = user.person.user_id
        has = Counter(digest(data) for path, data in user.account.tree_contents().items() if _is_of_app(path))
        for content in (+user.has).keys() | has.keys():
            if has[content] != user.has[content]:
                yield f"{name}: {has[content]} files of {content[:8]} in Dropbox, {user.has[content]} dropped"
        live = Counter(
            each.documents[0].sha256 for each in expenses if each.status is not ExpenseStatus.DELETED
        )
        for content, count in live.items():
            if count > 1:
                yield f"{name}: {count} live expenses of {content[:8]}"
        for content in live.keys() - user.dropped.keys():
            yield f"{name}: an expense of {content[:8]}, which they never dropped"
        for content in user.dropped.keys() - user.rejectable - user.given_up:
            if user.has[content] and not live[content]:
                yield f"{name}: no expense of {content[:8]}"

    def _of(self, company: Company) -> Iterator[str]:
        name = company.company_id
        files = Counter(
            digest(data) for path, data in company.account.tree_contents().items() if not _is_list(path)
        )
        expected: dict[str, list[ExpenseStatus]] = defaultdict(list)
        for expense in self._host.of_company(name):
            for document in expense.documents:
                expected[document.sha256].append(expense.status)
        for content, statuses in expected.items():
            accepted = sum(status in DELIVERABLE for status in statuses)
            if not accepted <= files[content] <= len(statuses):
                yield f"{name}: {files[content]} files of {content[:8]}, {accepted} accepted"
        for content in files.keys() - expected.keys():
            yield f"{name}: a file of {content[:8]}, which is nobody's document"

    def _untold(self) -> Iterator[str]:
        """The host has to know of every delivery."""
        self._hear()
        for row in self._tables.deliveries():
            key = (str(row["expense_id"]), str(row["document_id"]))
            if row["status"] == "DELIVERED" and key not in self._told:
                yield f"the host was not told of the delivery of {key[0]}"

    def _listen(self) -> None:
        """A rule of the host's own."""
        url = self._sqs.create_queue(QueueName=_TOLD)["QueueUrl"]
        attributes = self._sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
        events = self._world.aws.client("events")
        events.put_rule(Name=_TOLD, EventPattern=json.dumps({"source": [SOURCE]}))
        events.put_targets(Rule=_TOLD, Targets=[{"Id": "queue", "Arn": attributes["QueueArn"]}])
        self._url = url

    def _hear(self) -> None:
        while messages := self._sqs.receive_message(QueueUrl=self._url, MaxNumberOfMessages=10).get(
            "Messages"
        ):
            for message in messages:
                event = json.loads(message["Body"])
                if event["detail-type"] == "DocumentsDelivered":
                    self._told |= {
                        (each["expense_id"], each["document_id"]) for each in event["detail"]["documents"]
                    }
                self._sqs.delete_message(QueueUrl=self._url, ReceiptHandle=message["ReceiptHandle"])

    def _messages(self, url: str) -> int:
        return len(messages_on(self._world.aws, url))

    def _ends(self) -> tuple[str, ...]:
        """Where what could not be done ends."""
        deployment = self._world.deployment
        return (
            deployment.import_dead_letter_queue_url,
            deployment.sync_dead_letter_queue_url,
            deployment.reading_dead_letter_queue_url,
            deployment.expense_accepted_failure_queue_url,
        )


def _is_of_app(path: str) -> bool:
    return path.startswith(f"{APP_FOLDER}/")


def _is_by_hand(name: str) -> bool:
    return not name.startswith("paper ")


def _is_list(path: str) -> bool:
    return path.endswith((".csv", ".xlsx"))
