"""A linked user in an emulated AWS, behind the real adapters, and a Dropbox: what calls are counted on."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal
from uuid import uuid4

import boto3
from moto import mock_aws

from bench.aws_calls import AwsCalls, counted
from bench.dropbox_process import AUTO_IMPORT, refresh_token
from functions.auto_import.composition import Composition
from local.dropbox_emulator import AUTO_IMPORT_APP, Account, DropboxEmulator
from shared.aws.host.expense_rows import ExpenseRow, to_expense_row
from shared.aws.stores.import_rows import to_import_record_row, to_reservation_row
from shared.aws.stores.import_tables import ImportRecordRow, ReservationRow
from shared.aws.stores.linking import add_link
from shared.aws.stores.transactions import transaction
from shared.config.auto_import import AutoImportSettings
from shared.config.environment import MEGABYTE
from shared.domain.encryption_contexts import refresh_token_context
from shared.domain.expenses import NewExpense, SupportingDocument, User
from shared.domain.imports import ImportRecord, Outcome, Reservation
from shared.domain.links import Link, LinkStatus, Purpose
from shared.doorbells.drain_outcomes import DrainOutcome
from shared.doorbells.messages import Doorbell
from shared.doorbells.received import ReceivedDoorbell
from testing.clocks import Clock
from testing.fakes.inspector import FakeInspector
from testing.tables import create_tables

USER = User("alice", "atelier", "Alice Martin", "en", active=True)
LINK_ID = "user:alice"
QUIET = timedelta(hours=1)
REGION: Literal["eu-west-1"] = "eu-west-1"


@dataclass
class LinkedUser:
    """What is done to the user, and counted."""

    composition: Composition
    emulator: DropboxEmulator
    account: Account
    clock: Clock
    calls: AwsCalls
    imported: int = 0

    def answer_doorbell(self, documents: Sequence[bytes] = ()) -> tuple[AwsCalls, Counter[str]]:
        """Drop documents, long after the last ones, ring, and count the calls to AWS and to Dropbox."""
        self.clock.now += QUIET
        for document in documents:
            self.account.write(f"{AUTO_IMPORT}/receipt of a lunch {uuid4().hex[:8]}.pdf", document)
        before = replace(self.calls, requests=Counter(self.calls.requests))
        self.emulator.calls.clear()
        answer = self._answer()
        if len(answer.recorded) != len(documents):
            raise RuntimeError(f"{len(documents)} documents led to: {answer.reason}")
        self.imported += len(documents)
        return self.calls.minus(before), Counter(record.route for record in self.emulator.calls.records())

    def import_earlier(self, total: int) -> None:
        """Write the history that so many imports leave behind, on record and in Dropbox."""
        rows = [_earlier_import(number, self.account.id) for number in range(self.imported, total)]
        with ExpenseRow.batch_write() as expenses, ReservationRow.batch_write() as reservations:
            for expense, reservation, _ in rows:
                expenses.save(to_expense_row(expense))
                reservations.save(to_reservation_row(reservation))
        with ImportRecordRow.batch_write() as records:
            for _, _, record in rows:
                records.save(to_import_record_row(record))
                self.account.write(f"/Apps/Jenji{record.target}", record.content_hash.encode())
        self.imported = total

    def _answer(self) -> DrainOutcome[ImportRecord]:
        received = ReceivedDoorbell(Doorbell(self.account.id), uuid4().hex, self.clock(), 1)
        with TemporaryDirectory() as workdir:
            answer = self.composition.answer_doorbell(has_time=lambda: True, workdir=Path(workdir))
            return answer(received)


@contextmanager
def linked_user() -> Iterator[LinkedUser]:
    """Alice, who has imported nothing yet."""
    os.environ["AWS_DEFAULT_REGION"] = REGION
    calls, clock = AwsCalls(), Clock()
    with mock_aws(), counted(calls), DropboxEmulator() as emulator:
        settings = _create_resources()
        composition = Composition(
            settings, session=emulator.session(), inspector=FakeInspector(), clock=clock
        )
        # Counts do not depend on it, and the emulated AWS is not for several threads.
        one_thread = replace(composition.services.limits, threads=1)
        composition.services = replace(composition.services, limits=one_thread)
        account = emulator.add_account("alice")
        account.make_folder(AUTO_IMPORT)
        _link(composition, account, refresh_token(emulator, account), clock())
        yield LinkedUser(composition, emulator, account, clock, calls)


def _create_resources() -> AutoImportSettings:
    create_tables(boto3.client("dynamodb"))
    boto3.resource("dynamodb").Table("users").put_item(
        Item={"user_id": USER.user_id, "name": USER.name, "company_id": USER.company_id, "active": True}
    )
    boto3.client("s3").create_bucket(
        Bucket="documents", CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    queue = boto3.client("sqs").create_queue(QueueName="import.fifo", Attributes={"FifoQueue": "true"})
    return AutoImportSettings(
        links_table="links",
        reservations_table="reservations",
        waiting_files_table="waiting_files",
        import_records_table="records",
        reading_jobs_table="reading_jobs",
        expenses_table="expenses",
        users_table="users",
        documents_bucket="documents",
        tokens_key_id=boto3.client("kms").create_key()["KeyMetadata"]["Arn"],
        event_bus_name="default",
        import_queue_url=queue["QueueUrl"],
        reading_queue_url=boto3.client("sqs").create_queue(QueueName="reading")["QueueUrl"],
        auto_import_app_key=AUTO_IMPORT_APP.key,
        max_document_bytes=50 * MEGABYTE,
        reject_grace=timedelta(seconds=120),
        imported_kept_for=timedelta(days=730),
        sweep_every=timedelta(hours=6),
    )


def _link(composition: Composition, account: Account, token: str, now: datetime) -> None:
    cipher = composition.accounts._cipher
    link = Link(
        link_id=LINK_ID,
        purpose=Purpose.AUTO_IMPORT,
        user_id=USER.user_id,
        company_id=USER.company_id,
        account_id=account.id,
        account_name="Alice",
        account_email="alice@example.com",
        encrypted_token=cipher.encrypt(token, refresh_token_context(LINK_ID, "auto_import")),
        status=LinkStatus.ACTIVE,
        generation=1,
        linked_at=now,
    )
    with transaction() as writes:
        add_link(writes, link, None)


def _earlier_import(number: int, account_id: str) -> tuple[NewExpense, Reservation, ImportRecord]:
    content_hash, expense_id = f"{number:064x}", f"earlier-{number}"
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
    name = f"receipt {number:05}.pdf"
    document = SupportingDocument(f"document-{number}", "key", content_hash, name, "application/pdf", 1000)
    expense = NewExpense(expense_id, USER, "", document, moment)
    reservation = Reservation(USER.user_id, content_hash, expense_id, 1, f"id:earlier{number}")
    record = ImportRecord(
        user_id=USER.user_id,
        batch_id=f"{moment:%Y%m%dT%H}0000000000-abcdef",
        account_id=account_id,
        file_id=reservation.file_id,
        content_hash=content_hash,
        visit=1,
        name=name,
        size=1000,
        outcome=Outcome.IMPORTED,
        target=f"/Imported/{moment:%Y-%m}/{name}",
        notified_at=moment,
        recorded_at=moment,
        expense_id=expense_id,
        is_filed=True,
    )
    return expense, reservation, record
