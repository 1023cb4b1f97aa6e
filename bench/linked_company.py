"""A linked company in an emulated AWS, behind the real adapters, and a Dropbox: what calls are counted on."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

import boto3
from moto import mock_aws

from bench.aws_calls import AwsCalls, counted
from bench.dropbox_process import refresh_token
from bench.linked_user import QUIET, REGION
from bench.sync_process import COMPANY, SETTINGS
from functions.document_sync.composition import Composition
from local.dropbox_emulator import SYNCHRONISATION_APP, Account, DropboxEmulator
from shared.aws.stores.linking import add_link
from shared.aws.stores.transactions import transaction
from shared.domain.encryption_contexts import refresh_token_context
from shared.domain.links import Link, LinkStatus, Purpose
from shared.doorbells.messages import CompanyDoorbell
from shared.doorbells.received import ReceivedDoorbell
from testing.accepted_expenses import accept_expense
from testing.clocks import Clock
from testing.tables import create_tables

LINK_ID = f"company:{COMPANY}"


@dataclass
class LinkedCompany:
    """What is done to the company, and counted."""

    composition: Composition
    emulator: DropboxEmulator
    account: Account
    clock: Clock
    calls: AwsCalls

    def answer_doorbell(self, documents: Sequence[bytes] = ()) -> AwsCalls:
        """Have documents accepted, long after the last ones, ring, and count the calls to AWS."""
        self.clock.now += QUIET
        for document in documents:
            self._accept(uuid4().hex, document)
        before = replace(self.calls, requests=Counter(self.calls.requests))
        received = ReceivedDoorbell(CompanyDoorbell(COMPANY), uuid4().hex, self.clock(), 1)
        answer = self.composition.answer_doorbell(has_time=lambda: True)(received)
        if len(answer.recorded) != len(documents):
            raise RuntimeError(f"{len(documents)} documents led to: {answer.reason}")
        return self.calls.minus(before)

    def _accept(self, expense_id: str, data: bytes) -> None:
        accept_expense(
            self.composition.services.deliveries.ensure,
            company_id=COMPANY,
            account_id=self.account.id,
            expense_id=expense_id,
            data=data,
            at=self.clock(),
        )


@contextmanager
def linked_company() -> Iterator[LinkedCompany]:
    """The company, which has received nothing yet."""
    os.environ["AWS_DEFAULT_REGION"] = REGION
    calls, clock = AwsCalls(), Clock()
    with mock_aws(), counted(calls), DropboxEmulator() as emulator:
        create_tables(boto3.client("dynamodb"))
        dynamodb = boto3.resource("dynamodb")
        dynamodb.Table("companies").put_item(
            Item={"company_id": COMPANY, "name": "L'Atelier", "plan": "team"}
        )
        dynamodb.Table("users").put_item(
            Item={"user_id": "bob", "company_id": COMPANY, "role": "administrator", "active": True}
        )
        boto3.client("s3").create_bucket(
            Bucket="documents", CreateBucketConfiguration={"LocationConstraint": REGION}
        )
        queue = boto3.client("sqs").create_queue(QueueName="sync.fifo", Attributes={"FifoQueue": "true"})
        settings = replace(
            SETTINGS,
            tokens_key_id=boto3.client("kms").create_key()["KeyMetadata"]["Arn"],
            sync_queue_url=queue["QueueUrl"],
        )
        composition = Composition(settings, session=emulator.session(), clock=clock)
        account = emulator.add_account("company")
        token = refresh_token(emulator, account, SYNCHRONISATION_APP)
        _link(composition, account, token, clock())
        yield LinkedCompany(composition, emulator, account, clock, calls)


def _link(composition: Composition, account: Account, token: str, now: datetime) -> None:
    cipher = composition.accounts._cipher
    link = Link(
        link_id=LINK_ID,
        purpose=Purpose.SYNCHRONISATION,
        user_id="bob",
        company_id=COMPANY,
        account_id=account.id,
        account_name="L'Atelier",
        account_email="company@example.com",
        encrypted_token=cipher.encrypt(token, refresh_token_context(LINK_ID, "synchronisation")),
        status=LinkStatus.ACTIVE,
        generation=1,
        linked_at=now,
        sync_since=now,
    )
    with transaction() as writes:
        add_link(writes, link, None)
