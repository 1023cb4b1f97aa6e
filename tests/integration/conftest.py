"""An empty AWS in process, with everything the functions are configured with."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws
from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.botocore_stubber import BotocoreStubber
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.table import Table

from shared.doorbells.messages import CompanyDoorbell, Doorbell, company_doorbell_from_message, from_message
from shared.doorbells.reading_messages import ReadingDoorbell, reading_doorbell_from_message
from testing.tables import TABLE_NAMES, create_tables
from tests.integration.moto_shortcuts import take_shortcuts

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_sqs import SQSClient

# Read where a handler is imported, as in a deployed function: before any fixture.
os.environ["POWERTOOLS_METRICS_NAMESPACE"] = "JenjiDropbox"

REGION = "eu-west-1"
BUCKET = "documents"
APP_KEY = "autoimportkey"
APP_SECRET = "the-app-secret"
APP_SECRET_NAME = "jenji/auto-import"
HOST_SETTINGS_URL = "https://app.jenji.example/settings/dropbox"
CALLBACK_URL = "https://api.jenji.example/oauth/callback"
AUTHORIZE_URL = "https://www.dropbox.com/oauth2/authorize"
SETTINGS = {
    "HOST_SETTINGS_URL": HOST_SETTINGS_URL,
    "CALLBACK_URL": CALLBACK_URL,
    "DROPBOX_AUTHORIZE_URL": AUTHORIZE_URL,
    "AUTO_IMPORT_APP_KEY": APP_KEY,
    "AUTO_IMPORT_APP_SECRET_NAME": APP_SECRET_NAME,
    "SYNCHRONISATION_APP_KEY": "synchronisationkey",
    "MAX_DOCUMENT_MEGABYTES": "50",
    "REJECT_GRACE_SECONDS": "120",
    "SWEEP_HOURS": "6",
    "IMPORTED_KEPT_DAYS": "730",
    "AUDIT_KEPT_DAYS": "3650",
    "DELIVERED_KEPT_DAYS": "3650",
    "DOCUMENTS_BUCKET": BUCKET,
    "OCR_ENGINE": "textract",
    "DEFAULT_COUNTRY": "FR",
    "READING_CONCURRENCY": "20",
    "USER_READERS_PERCENT": "20",
    "USER_READERS_AT_FIRST_PERCENT": "90",
    "COMPANY_READERS_PERCENT": "90",
    "TEXTRACT_PAGES_USER_DAY": "300",
    "TEXTRACT_PAGES_USER_MONTH": "2000",
    "TEXTRACT_PAGES_COMPANY_DAY": "3000",
    "TEXTRACT_PAGES_COMPANY_MONTH": "20000",
    "EVENT_BUS_NAME": "default",
}
_TABLES: dict[str, Table] = {}


@dataclass(frozen=True)
class Aws:
    """What tests ask of this AWS beyond what the functions do."""

    sqs: SQSClient
    queue_url: str
    dead_letter_queue_url: str
    key_id: str
    sync_queue_url: str
    reading_queue_url: str

    def doorbells(self) -> list[Doorbell]:
        """Take every deliverable message off the import queue, and read it."""
        return [from_message(body) for body in self._taken_off(self.queue_url)]

    def company_doorbells(self) -> list[CompanyDoorbell]:
        """The same of the synchronisation queue."""
        return [company_doorbell_from_message(body) for body in self._taken_off(self.sync_queue_url)]

    def reading_doorbells(self) -> list[ReadingDoorbell]:
        """The same of the queue of documents to be read."""
        return [reading_doorbell_from_message(body) for body in self._taken_off(self.reading_queue_url)]

    def _taken_off(self, queue_url: str) -> list[str]:
        bodies: list[str] = []
        while messages := self.sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10).get(
            "Messages"
        ):
            for message in messages:
                bodies.append(message["Body"])
                self.sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
        return bodies


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Aws]:
    """Tables, queue, key, bucket and secret, empty, and every setting naming them."""
    monkeypatch.setenv("AWS_REGION", REGION)
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    take_shortcuts(monkeypatch)
    with mock_aws():
        monkeypatch.setattr(boto3, "DEFAULT_SESSION", _session())
        _look_with_one_client(monkeypatch)
        _answer_one_call_at_a_time(monkeypatch)
        _forget_connections(monkeypatch)
        _put_empty_tables()
        _client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        _client("secretsmanager").create_secret(
            Name=APP_SECRET_NAME, SecretString=json.dumps({"app_secret": APP_SECRET})
        )
        emulated = _queues_and_key(_client("sqs"), _client("kms"))
        for name, value in {
            **SETTINGS,
            **TABLE_NAMES,
            "IMPORT_QUEUE_URL": emulated.queue_url,
            "SYNC_QUEUE_URL": emulated.sync_queue_url,
            "AUTO_IMPORT_APP_NAME": "Jenji",
            "READING_QUEUE_URL": emulated.reading_queue_url,
            "TOKENS_KEY_ID": emulated.key_id,
        }.items():
            monkeypatch.setenv(name, value)
        yield emulated


def items_of(table: str) -> list[dict[str, Any]]:
    """What a scan answers, read where the emulated AWS keeps it: a tenth of the time."""
    stored = dynamodb_backends[DEFAULT_ACCOUNT_ID][REGION].tables[table].all_items()
    return [item.to_json()["Attributes"] for item in stored]


def _put_empty_tables() -> None:
    """Create them once a session; each new AWS gets the same tables, emptied."""
    tables = dynamodb_backends[DEFAULT_ACCOUNT_ID][REGION].tables
    if not _TABLES:
        create_tables(_client("dynamodb"))
        _TABLES.update(tables)
    for table in _TABLES.values():
        table.items.clear()
    tables.update(_TABLES)


@cache
def _session() -> boto3.Session:
    """Moto has each AWS begin with another, which reads every service's description again: 0.1 seconds."""
    return boto3.Session()


@cache
def _client(service: str) -> Any:
    """Made once: clients take long to make, and any emulated AWS answers any of them."""
    return _session().client(service)


@cache
def _resource(service: str) -> Any:
    return _session().resource(service)


def _queues_and_key(sqs: SQSClient, kms: KMSClient) -> Aws:
    queue_url, dead_letter_queue_url = _queue(sqs, "import")
    sync_queue_url, _ = _queue(sqs, "sync")
    key = kms.create_key()["KeyMetadata"]["Arn"]
    reading_queue_url = sqs.create_queue(QueueName="reading")["QueueUrl"]
    return Aws(sqs, queue_url, dead_letter_queue_url, key, sync_queue_url, reading_queue_url)


def _queue(sqs: SQSClient, name: str) -> tuple[str, str]:
    """A queue of doorbells and where those end that were given up."""
    dead_letters = sqs.create_queue(QueueName=f"{name}-dead-letters.fifo", Attributes={"FifoQueue": "true"})
    dead_letters_arn = sqs.get_queue_attributes(
        QueueUrl=dead_letters["QueueUrl"], AttributeNames=["QueueArn"]
    )["Attributes"]["QueueArn"]
    queue = sqs.create_queue(
        QueueName=f"{name}.fifo",
        Attributes={
            "FifoQueue": "true",
            "DeduplicationScope": "messageGroup",
            "FifoThroughputLimit": "perMessageGroupId",
            "VisibilityTimeout": "330",
            "RedrivePolicy": json.dumps({"deadLetterTargetArn": dead_letters_arn, "maxReceiveCount": 100}),
        },
    )
    return queue["QueueUrl"], dead_letters["QueueUrl"]


def _look_with_one_client(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test looks at AWS often, and makes a client for each look; the functions configure theirs."""
    make = boto3.client

    def client(service: str, **configured: Any) -> Any:
        return make(service, **configured) if configured else _client(service)

    monkeypatch.setattr(boto3, "client", client)
    monkeypatch.setattr(boto3, "resource", _resource)


def _answer_one_call_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Moto copies whole tables for a transaction, which fails while another thread writes to them."""
    lock = threading.RLock()
    process_request = BotocoreStubber.process_request

    def process_alone(self: BotocoreStubber, request: object) -> object:
        with lock:
            return process_request(self, request)

    monkeypatch.setattr(BotocoreStubber, "process_request", process_alone)


def _forget_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    """Functions keep what they were wired with; a new AWS wants new ones."""
    for name, module in list(sys.modules.items()):
        if name.startswith("functions."):
            for member in vars(module).values():
                if hasattr(member, "cache_clear"):
                    member.cache_clear()
