"""Imported documents in an AWS in process, and the function that reads them, with its real reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import uuid4

import boto3
import pytest

from functions.document_reading import handler
from functions.document_reading.worker.confined_reader import ConfinedReader
from shared.aws.stores.reading_job_rows import to_reading_job_row
from shared.aws.stores.reading_job_store import ReadingJobStore
from shared.domain.expenses import document_id_for, document_prefix_of
from shared.domain.reading_jobs import ReadingJob, new_reading_job
from shared.domain.timestamps import utc_now
from tests.integration.conftest import BUCKET, Aws
from tests.lambda_context import FakeLambdaContext
from tests.sqs_records import receive_record


@dataclass
class Reading:
    """What a test of the reading does and looks at."""

    aws: Aws
    table: Any
    bucket: Any
    jobs: ReadingJobStore

    def import_document(self, data: bytes, content_type: str, **fields: Any) -> str:
        """As an import leaves it; returns the expense's id."""
        expense_id, digest = str(uuid4()), sha256(data).hexdigest()
        key = f"{document_prefix_of(fields.get('user_id', 'alice'))}{digest}"
        self.bucket.put_object(Key=key, Body=data)
        document = {
            "document_id": document_id_for(expense_id),
            "s3_key": key,
            "sha256": digest,
            "name": "document",
            "content_type": content_type,
            "size": len(data),
        }
        expense = {
            "expense_id": expense_id,
            "user_id": "alice",
            "status": "WAITING",
            "documents": [document],
            "reading": {"state": "WAITING"},
        }
        self.table.put_item(Item=expense | fields)
        to_reading_job_row(new_reading_job("alice", expense_id, utc_now())).save()
        return expense_id

    def ring(self, expense_id: str, *, body: str | None = None) -> list[str]:
        """Have the handler answer one message; returns the ids of those to be put back."""
        self.aws.sqs.send_message(
            QueueUrl=self.aws.reading_queue_url,
            MessageBody=body or json.dumps({"user_id": "alice", "expense_id": expense_id}),
        )
        record = receive_record(self.aws.sqs, self.aws.reading_queue_url)
        answer = handler.lambda_handler({"Records": [record]}, FakeLambdaContext(120))
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def expense(self, expense_id: str) -> dict[str, Any]:
        item: dict[str, Any] = self.table.get_item(Key={"expense_id": expense_id})["Item"]
        return item

    def job(self, expense_id: str) -> ReadingJob:
        found = self.jobs.get("alice", expense_id)
        assert found is not None
        return found


@pytest.fixture(scope="session")
def reader() -> Iterator[ConfinedReader]:
    reader = ConfinedReader(country="FR")
    yield reader
    reader.close()


@pytest.fixture
def reading(aws: Aws, reader: ConfinedReader, monkeypatch: pytest.MonkeyPatch) -> Reading:
    monkeypatch.setattr("functions.document_reading.composition.ConfinedReader", lambda **_: reader)
    bucket = boto3.resource("s3").Bucket(BUCKET)
    return Reading(aws, boto3.resource("dynamodb").Table("expenses"), bucket, ReadingJobStore("reading_jobs"))
