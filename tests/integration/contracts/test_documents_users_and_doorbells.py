"""What the import may rely on of documents, users and its queue."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import boto3
import pytest

from shared.aws.documents.document_store import DocumentStore
from shared.aws.host.user_directory import UserDirectory
from shared.aws.queues.doorbell_queue import DoorbellQueue
from shared.aws.queues.reading_queue import ReadingQueue
from shared.domain.errors import AwsRefused, DocumentMissing
from shared.domain.expenses import User
from shared.doorbells.messages import Doorbell
from shared.doorbells.reading_messages import ReadingDoorbell
from testing.fakes.stores import FakeDocuments, FakeDoorbells, FakeUsers
from tests.integration.auto_import.conftest import add_user
from tests.integration.conftest import BUCKET, Aws
from tests.integration.contracts.conftest import FAKE


@dataclass
class Bucket:
    """The store, and what lies in it by key."""

    documents: DocumentStore
    objects: Callable[[], dict[str, bytes]]
    workdir: Path

    def put(self, data: bytes, *, user_id: str = "alice", content_hash: str = "hash") -> str:
        path = self.workdir / "document"
        path.write_bytes(data)
        return self.documents.put(
            user_id=user_id,
            content_hash=content_hash,
            path=path,
            sha256=hashlib.sha256(data).hexdigest(),
            content_type="image/jpeg",
        )


@pytest.fixture
def bucket(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Bucket:
    if kind == FAKE:
        fake = FakeDocuments()
        return Bucket(fake, lambda: dict(fake.objects), tmp_path)
    request.getfixturevalue("aws")
    s3 = boto3.client("s3")

    def objects() -> dict[str, bytes]:
        keys = [entry["Key"] for entry in s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])]
        return {key: s3.get_object(Bucket=BUCKET, Key=key)["Body"].read() for key in keys}

    return Bucket(DocumentStore(BUCKET), objects, tmp_path)


def test_a_document_lies_under_its_owner_and_its_hash(bucket: Bucket) -> None:
    key = bucket.put(b"lunch")

    assert key == "documents/alice/hash"
    assert bucket.objects() == {key: b"lunch"}


def test_what_is_there_already_is_success_and_stays_as_it_is(bucket: Bucket) -> None:
    keys = {bucket.put(b"lunch"), bucket.put(b"other bytes")}

    assert keys == {"documents/alice/hash"}
    assert bucket.objects() == {"documents/alice/hash": b"lunch"}


def test_the_same_document_of_two_users_is_stored_twice(bucket: Bucket) -> None:
    keys = {bucket.put(b"lunch", user_id=user_id) for user_id in ("alice", "bob")}

    assert set(bucket.objects()) == keys
    assert len(keys) == 2


@pytest.mark.parametrize("user_id", ["../bob", "a/b", "auth0|x y", "%2e%2e", "é☃"])
def test_a_user_id_never_leaves_its_place_in_the_key(bucket: Bucket, user_id: str) -> None:
    key = bucket.put(b"lunch", user_id=user_id)

    prefix, owner, content_hash = key.split("/")
    assert (prefix, content_hash) == ("documents", "hash")
    assert owner.isascii()
    assert owner not in {".", "..", "bob"}
    assert list(bucket.objects()) == [key]


def test_a_document_may_be_empty(bucket: Bucket) -> None:
    key = bucket.put(b"")

    assert bucket.objects() == {key: b""}


@pytest.fixture
def users(kind: str, request: pytest.FixtureRequest) -> UserDirectory:
    if kind == FAKE:
        return FakeUsers(
            {
                "alice": User("alice", "atelier", "Alice Martin", "fr", active=True, role="employee"),
                "bob": User("bob", "atelier", "Alice Martin", "en", active=False),
            }
        )
    request.getfixturevalue("aws")
    add_user("alice", "users", locale="fr")
    add_user("bob", "users", active=False)
    return UserDirectory("users")


def test_a_user_is_read_as_the_host_keeps_them(users: UserDirectory) -> None:
    assert users.get("alice") == User("alice", "atelier", "Alice Martin", "fr", active=True, role="employee")


def test_a_user_who_left_is_not_active(users: UserDirectory) -> None:
    bob = users.get("bob")

    assert bob is not None
    assert not bob.active


def test_a_user_the_host_does_not_know_is_none(users: UserDirectory) -> None:
    assert users.get("nobody") is None


@pytest.fixture
def rung(kind: str, request: pytest.FixtureRequest) -> tuple[DoorbellQueue, Callable[[], list[Doorbell]]]:
    if kind == FAKE:
        fake = FakeDoorbells()
        return fake, lambda: fake.rung
    aws: Aws = request.getfixturevalue("aws")
    return DoorbellQueue(aws.queue_url), aws.doorbells


def test_every_ring_arrives_also_the_same_one_twice(
    rung: tuple[DoorbellQueue, Callable[[], list[Doorbell]]],
) -> None:
    doorbells, arrived = rung

    for _ in range(2):
        doorbells.ring(Doorbell("dbid:alice", is_careful=True))

    assert arrived() == [Doorbell("dbid:alice", is_careful=True)] * 2


def test_documents_to_be_read_are_rung_for_ten_at_a_time(aws: Aws) -> None:
    doorbells = [ReadingDoorbell("alice", f"expense-{number}", "cause") for number in range(25)]

    ReadingQueue(aws.reading_queue_url).ring(doorbells)
    ReadingQueue(aws.reading_queue_url).ring([])

    rung = sorted(aws.reading_doorbells(), key=lambda doorbell: int(doorbell.expense_id.partition("-")[2]))
    assert rung == doorbells


def test_a_queue_that_is_not_there_is_a_refusal(aws: Aws) -> None:
    with pytest.raises(AwsRefused):
        ReadingQueue(f"{aws.reading_queue_url}-gone").ring([ReadingDoorbell("alice", "expense-1")])


def test_a_stored_document_is_fetched_and_a_missing_one_is_missing(aws: Aws, tmp_path: Path) -> None:
    boto3.client("s3").put_object(Bucket=BUCKET, Key="documents/alice/hash", Body=b"bytes")
    store = DocumentStore(BUCKET)

    store.fetch("documents/alice/hash", tmp_path / "document")

    assert (tmp_path / "document").read_bytes() == b"bytes"
    with pytest.raises(DocumentMissing):
        store.fetch("documents/alice/another", tmp_path / "missing")
