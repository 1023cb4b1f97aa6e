"""What must hold at rest, seen from outside: by Dropbox, the tables, the bucket, the queues, the events."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.types import TypeDeserializer

from bench.soak.people import APP_FOLDER, Company, Everybody, User, digest
from local.host_expenses import HostExpenses
from local.world import World
from shared.domain.expenses import ExpenseStatus
from shared.domain.host_events import SOURCE
from shared.domain.host_expenses import DELIVERABLE

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_sqs import SQSClient

Row = dict[str, Any]
_TOLD = "soak-told"
_UNREAD = "WAITING"


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
        self._dynamodb: DynamoDBClient = world.aws.client("dynamodb")
        self._sqs: SQSClient = world.aws.client("sqs")
        self._host = HostExpenses(world)
        self._told: set[tuple[str, str]] = set()
        self._listen()

    def unrest(self) -> list[str]:
        """What is still to be done; empty once everything has come to rest."""
        deployment = self._world.deployment
        lying = sum(len(user.lying()) for user in self._everybody)
        counts = {
            "files in Auto-Import": lying,
            "records not filed": sum("unfiled" in row for row in self._rows(deployment.import_records_table)),
            "waiting files": sum("next_try" in row for row in self._rows(deployment.waiting_files_table)),
            "pending deliveries": sum(row.get("status") == "PENDING" for row in self._deliveries()),
            "unread documents": sum(row.get("status") == _UNREAD for row in self._jobs()),
            "messages": sum(self._messages(url) for url in self._queues()),
        }
        return [f"{count} {what}" for what, count in counts.items() if count]

    def problems(self) -> list[str]:
        """What is not as it must be, in words."""
        records = list(self._rows(self._world.deployment.import_records_table))
        found = [
            *(problem for user in self._everybody for problem in self._of_user(user, records)),
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
        records = list(self._rows(self._world.deployment.import_records_table))
        return Counts(
            dropped=sum(len(user.dropped) for user in self._everybody),
            recorded=Counter(str(row["outcome"]) for row in records),
            delivered=sum(row["status"] == "DELIVERED" for row in self._deliveries()),
            longest_wait=max((float(row["seconds"]) for row in records), default=0.0),
        )

    def _of_user(self, user: User, records: list[Row]) -> Iterator[str]:
        name = user.person.user_id
        has = Counter(digest(data) for path, data in user.account.tree_contents().items() if _is_of_app(path))
        for content in (+user.has).keys() | has.keys():
            if has[content] != user.has[content]:
                yield f"{name}: {has[content]} files of {content[:8]} in Dropbox, {user.has[content]} dropped"
        expenses = [each for each in self._host.of(user.person) if not _is_by_hand(each.documents[0].name)]
        live = Counter(
            each.documents[0].sha256 for each in expenses if each.status is not ExpenseStatus.DELETED
        )
        for content, count in live.items():
            if count > 1:
                yield f"{name}: {count} live expenses of {content[:8]}"
        for content in user.dropped.keys() - user.rejectable - user.given_up:
            if user.has[content] and not live[content]:
                yield f"{name}: no expense of {content[:8]}"
        own = [row for row in records if row["user_id"] == name and row["outcome"] == "imported"]
        if sorted(row["expense_id"] for row in own) != sorted(each.expense_id for each in expenses):
            yield f"{name}: {len(own)} imports on record, {len(expenses)} expenses"
        for expense in expenses:
            if digest(self._host.read(expense.documents[0])) != expense.documents[0].sha256:
                yield f"{name}: other bytes in the bucket than those of {expense.expense_id}"

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
        for row in self._deliveries():
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

    def _rows(self, table: str) -> Iterator[Row]:
        deserializer = TypeDeserializer()
        pages = self._dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
        for page in pages:
            for item in page["Items"]:
                yield {name: deserializer.deserialize(value) for name, value in item.items()}

    def _deliveries(self) -> Iterator[Row]:
        rows = self._rows(self._world.deployment.deliveries_table)
        return (row for row in rows if "document_id" in row and "status" in row)

    def _jobs(self) -> Iterator[Row]:
        return (row for row in self._rows(self._world.deployment.reading_jobs_table) if "status" in row)

    def _messages(self, url: str) -> int:
        """Visible or not."""
        found = self._sqs.get_queue_attributes(
            QueueUrl=url,
            AttributeNames=["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
        )["Attributes"]
        return sum(map(int, found.values()))

    def _queues(self) -> tuple[str, ...]:
        deployment = self._world.deployment
        return deployment.import_queue_url, deployment.sync_queue_url, deployment.reading_queue_url

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
