"""The emulated AWS is what the stores expect."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import boto3
import pytest

from shared.aws.queues.doorbell_queue import DoorbellQueue
from shared.aws.stores.link_store import LinkStore
from shared.aws.stores.linking import add_link
from shared.aws.stores.transactions import transaction
from shared.aws.token_cipher import TokenCipher
from shared.config.auto_import import AutoImportSettings
from shared.config.document_sync import DocumentSyncSettings
from shared.config.dropbox_webhook import WebhookSettings
from shared.config.erasure import ErasureSettings
from shared.config.expense_accepted import ExpenseAcceptedSettings
from shared.config.oauth_callback import OauthSettings
from shared.config.sweep import SweepSettings
from shared.config.token_revocation import TokenRevocationSettings
from shared.domain.encryption_contexts import refresh_token_context
from shared.domain.errors import AwsRefused, LinkChanged
from shared.domain.links import Link, LinkStatus, Purpose, sweep_bucket
from shared.doorbells.messages import Doorbell
from tests.integration.conftest import Aws, items_of

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LINK = Link(
    link_id="user:alice",
    purpose=Purpose.AUTO_IMPORT,
    user_id="alice",
    company_id="acme",
    account_id="dbid:alice",
    account_name="Alice",
    account_email="alice@example.org",
    encrypted_token=b"ciphertext",
    status=LinkStatus.ACTIVE,
    generation=1,
    linked_at=NOW,
    next_due=NOW,
)


def test_every_function_finds_its_settings(aws: Aws) -> None:
    oauth, sweep = OauthSettings.from_environment(), SweepSettings.from_environment()
    importing = [WebhookSettings.from_environment(), AutoImportSettings.from_environment(), oauth, sweep]
    synchronising = [
        ExpenseAcceptedSettings.from_environment(),
        DocumentSyncSettings.from_environment(),
        oauth,
        sweep,
    ]

    revoking, erasing = TokenRevocationSettings.from_environment(), ErasureSettings.from_environment()

    assert (revoking.links_table, revoking.tokens_key_id) == ("links", aws.key_id)
    assert (erasing.audit_trail_table, erasing.users_table) == ("audit_trail", "users")
    assert {each.import_queue_url for each in importing} == {aws.queue_url}
    assert {each.sync_queue_url for each in synchronising} == {aws.sync_queue_url}


def test_a_link_that_was_written_is_found_by_key_account_and_due_time(aws: Aws) -> None:
    links = LinkStore("links")

    _save(LINK, previous=None)

    assert links.get("user:alice") == LINK
    assert links.find_by_account("dbid:alice", Purpose.AUTO_IMPORT) == LINK
    assert list(links.due_ids(sweep_bucket("user:alice"), NOW)) == [["user:alice"]]
    assert list(links.due_ids(sweep_bucket("user:alice"), NOW - timedelta(seconds=1))) == []


def test_a_write_of_an_old_generation_is_refused(aws: Aws) -> None:
    links = LinkStore("links")
    _save(LINK, previous=None)
    _save(replace(LINK, generation=2), previous=LINK)

    with pytest.raises(LinkChanged):
        links.update(LINK, status=LinkStatus.RECONNECT)


def test_what_lies_in_a_table_is_what_a_scan_answers(aws: Aws) -> None:
    LinkStore("links")
    _save(LINK, previous=None)
    _save(
        replace(LINK, link_id="user:bob", account_id="dbid:bob", encrypted_token=b"\x00\xff"), previous=None
    )
    boto3.client("dynamodb").put_item(
        TableName="links",
        Item={"link_id": {"S": "other"}, "map": {"M": {"list": {"L": [{"N": "1.50"}, {"NULL": True}]}}}},
    )

    answered = boto3.client("dynamodb").scan(TableName="links")["Items"]

    assert answered == items_of("links")
    assert len(answered) == 5


def test_a_doorbell_arrives(aws: Aws) -> None:
    DoorbellQueue(aws.queue_url).ring(Doorbell("dbid:alice"))

    assert aws.doorbells() == [Doorbell("dbid:alice")]


def test_a_ciphertext_opens_only_in_its_own_context(aws: Aws) -> None:
    cipher = TokenCipher(aws.key_id)
    ciphertext = cipher.encrypt("secret", refresh_token_context("user:alice", "auto_import"))

    opened = cipher.decrypt(ciphertext, refresh_token_context("user:alice", "auto_import"))

    assert opened == "secret"
    with pytest.raises(AwsRefused):
        cipher.decrypt(ciphertext, refresh_token_context("user:bob", "auto_import"))


def _save(link: Link, previous: Link | None) -> None:
    with transaction() as writes:
        add_link(writes, link, previous)
