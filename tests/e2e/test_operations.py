"""The operators' page, typed line by line at a terminal against the deployed local template: it cannot rot."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from local.deploy import STACK
from local.host import Person
from local.host_expenses import HostExpenses
from local.linking import link_dropbox
from local.processes import wait_until
from local.template import ROOT
from local.world import World
from tests.e2e.browsing import welcome
from tests.typed_commands import Typed, settings_in, type_in, typed_commands

PAGE = ROOT / "docs" / "operations.md"
PRACTISING = "Practise it on your machine"
SECONDS = 60
OLGA = Person("olga", "Olga Sokolova", "observatory")
# What the section on practising says that it cannot be practised, and what somebody else has done by then.
NOT_HERE = (
    "make ",
    "docker ",
    "aws lambda get-alias",
    "aws lambda update-alias",
    "aws service-quotas",
    "aws sqs start-message-move-task",
    "aws sqs list-message-move-tasks",
    "aws cloudformation deploy --template-file template-onboard.yaml",
    "aws secretsmanager create-secret",
)
# A part of a command, and what an operator then sees.
SEEN = {
    "describe-stacks --stack-name <stack>-data": "WaitingFilesTable",
    "describe-stacks --stack-name <stack> ": "ErasureFunctionName",
    "list-versions-by-function": "$LATEST",
    "list-event-source-mappings": "Enabled",
    "list-rules --query": "rate(5 minutes)",
    "get-account-settings": "ConcurrentExecutions",
    "describe-event-bus": "default",
    "put-events": '"FailedEntryCount": 0',
    '<LinksTable> --key \'{"link_id": {"S": "user:': "olga@example.com",
    '<LinksTable> --key \'{"link_id": {"S": "reservation:': "user:olga",
    "query --table-name <ImportRecordsTable>": "telescope.png",
    "get-item --table-name <ReadingJobsTable>": '"status"',
    "sqs receive-message": "left to be read",
    "lambda invoke": '"StatusCode": 202',
}

pytestmark = pytest.mark.skipif(shutil.which("aws") is None, reason="the AWS command line is not installed")


def is_typed_here(command: Typed) -> bool:
    return command.section != PRACTISING and not command.text.startswith(NOT_HERE)


COMMANDS = [command for command in typed_commands(PAGE) if is_typed_here(command)]


@dataclass(frozen=True)
class Operator:
    """Somebody at a terminal, who has one user to look at."""

    world: World
    home: Path
    expense_id: str
    account_id: str

    def type(self, command: Typed) -> str:
        settings = settings_in(PAGE, PRACTISING).replace("<AWS>", self.world.aws.endpoint_url)
        values = {name: self.value_of(name) for name in command.placeholders}
        return type_in(f"{settings}\n{command.filled(values)}", self.home)

    def value_of(self, placeholder: str) -> str:
        """What an operator has looked up before. Raises KeyError."""
        now = datetime.now(UTC)
        values: dict[str, Callable[[], str]] = {
            "stack": lambda: STACK,
            "EventBusName": lambda: "default",
            "user id": lambda: OLGA.user_id,
            "company id": lambda: OLGA.company_id,
            "expense id": lambda: self.expense_id,
            "account": lambda: self.account_id,
            "expenses table": lambda: self.world.deployment.expenses_table,
            "links table": lambda: self.world.deployment.links_table,
            "audit trail table": lambda: self.world.deployment.audit_trail_table,
            "erasure function": lambda: self.outputs(STACK)["ErasureFunctionName"],
            "UUID": self.mapping,
            "handle": self.handle,
            "2026-11-27T09:00:00Z": lambda: f"{now - timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}",
            "2026-11-27T10:00:00Z": lambda: f"{now:%Y-%m-%dT%H:%M:%SZ}",
        }
        if placeholder in values:
            return values[placeholder]()
        outputs = self.outputs(f"{STACK}-data") | self.outputs(STACK)
        return outputs[placeholder.removeprefix("output ").split(",")[0]]

    def outputs(self, stack: str) -> dict[str, str]:
        [found] = self.world.aws.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
        return {each["OutputKey"]: each["OutputValue"] for each in found["Outputs"]}

    def mapping(self) -> str:
        listed = self.world.aws.client("lambda").list_event_source_mappings(
            FunctionName=self.world.deployment.functions["auto_import"]
        )
        return str(listed["EventSourceMappings"][0]["UUID"])

    def handle(self) -> str:
        """Of a message that was received before, beside the one that is held."""
        leave_letter(self.world, "to be deleted")
        found = self.world.aws.client("sqs").receive_message(
            QueueUrl=self.world.deployment.import_dead_letter_queue_url
        )
        return str(found["Messages"][0]["ReceiptHandle"])

    def job(self) -> dict[str, Any]:
        """How the reading of her document stands."""
        row: dict[str, Any] = self.world.aws.client("dynamodb").get_item(
            TableName=self.world.deployment.reading_jobs_table,
            Key={"user_id": {"S": OLGA.user_id}, "expense_id": {"S": self.expense_id}},
            ConsistentRead=True,
        )["Item"]
        return row


def leave_letter(world: World, body: str) -> None:
    world.aws.client("sqs").send_message(
        QueueUrl=world.deployment.import_dead_letter_queue_url,
        MessageBody=body,
        MessageGroupId=body,
        MessageDeduplicationId=body,
    )


@pytest.fixture(scope="module")
def operator(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    """Olga has linked her Dropbox and imported a picture; a message lies in a dead-letter queue."""
    welcome(world, OLGA)
    account = world.dropbox.add_account("olga", display_name=OLGA.name)
    link_dropbox(world, OLGA, account)
    picture = io.BytesIO()
    Image.new("RGB", (300, 500), "navy").save(picture, "PNG")
    account.write("/Apps/Jenji/Auto-Import/telescope.png", picture.getvalue())
    host = HostExpenses(world)
    assert wait_until(lambda: host.of(OLGA) != [], SECONDS)
    leave_letter(world, "left to be read")
    yield Operator(world, tmp_path_factory.mktemp("home"), host.of(OLGA)[0].expense_id, account.id)
    world.aws.client("dynamodb").delete_item(
        TableName=world.deployment.links_table, Key={"link_id": {"S": "control:all"}}
    )


def test_a_document_that_is_to_be_read_again_is(operator: Operator) -> None:
    assert wait_until(lambda: operator.job()["status"]["S"] != "WAITING", SECONDS)
    before = operator.job()

    for command in COMMANDS:
        if command.section == "Find out what was read off a document":
            operator.type(command)

    assert wait_until(lambda: _is_read_again(before, operator.job()), SECONDS)


def _is_read_again(before: dict[str, Any], now: dict[str, Any]) -> bool:
    return now["status"]["S"] != "WAITING" and now["finished_at"]["S"] > before["finished_at"]["S"]


@pytest.mark.parametrize("command", COMMANDS, ids=str)
def test_what_the_page_says_can_be_typed_as_it_stands(operator: Operator, command: Typed) -> None:
    printed = operator.type(command)

    for part, seen in SEEN.items():
        if part in command.text:
            assert seen in printed


def test_every_command_that_cannot_be_practised_is_said_to_be_one() -> None:
    said = said_about_practising()

    left_out = [command for command in typed_commands(PAGE) if command.text.startswith(NOT_HERE)]

    assert len(COMMANDS) > 30
    assert {_name_of(command.text) for command in left_out} <= said


def said_about_practising() -> set[str]:
    """What the section on practising names as code."""
    text = PAGE.read_text(encoding="utf-8").partition(f"## {PRACTISING}\n")[2].partition("\n## ")[0]
    return {found.strip() for found in text.split("`")[1::2]}


def _name_of(command: str) -> str:
    """`aws lambda get-alias`, `make deploy`."""
    words = command.split()
    return " ".join(words[: 3 if words[0] == "aws" else 2])
