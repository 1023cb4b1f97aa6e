"""Keeps the bytes of supporting documents in S3, each once, under its owner's prefix and its hash."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError
from botocore.response import StreamingBody

from shared.aws.clients import make_client
from shared.aws.errors import aws_errors_translated, error_code
from shared.domain.cloud_uploads import OutgoingDocument
from shared.domain.errors import DocumentMissing
from shared.domain.expenses import SupportingDocument, document_prefix_of

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

MAX_CONNECTIONS = 32
# Somebody has written, or is just writing, the same content-addressed object.
_ALREADY_THERE = frozenset({"PreconditionFailed", "412"})
_MISSING = frozenset({"NoSuchKey", "404"})
PIECE_BYTES = 1024 * 1024


class DocumentStore:
    """The documents bucket. Objects are never overwritten."""

    def __init__(self, bucket: str, client: S3Client | None = None) -> None:
        self._bucket = bucket
        self._s3: S3Client = client or make_client(
            "s3", max_pool_connections=MAX_CONNECTIONS, read_timeout=30
        )

    def put(self, *, user_id: str, content_hash: str, path: Path, sha256: str, content_type: str) -> str:
        """Store the file at `path` and return its key; S3 verifies the SHA-256 (hexadecimal).

        Bytes that are there already are success: the key is made from their hash.
        Raises AwsUnavailable.
        """
        key = f"{document_prefix_of(user_id)}{content_hash}"
        with aws_errors_translated("s3"), path.open("rb") as body:
            try:
                self._s3.put_object(
                    Bucket=self._bucket,
                    Key=key,
                    Body=body,
                    ContentType=content_type,
                    ChecksumSHA256=base64.b64encode(bytes.fromhex(sha256)).decode(),
                    IfNoneMatch="*",
                )
            except ClientError as error:
                if error_code(error) not in _ALREADY_THERE:
                    raise
        return key

    def fetch(self, s3_key: str, destination: Path) -> None:
        """Write a document's bytes to a file. Raises DocumentMissing, AwsUnavailable."""
        with self._opened(s3_key) as pieces, destination.open("wb") as file:
            file.writelines(pieces)

    def outgoing(self, key: str, document: SupportingDocument) -> OutgoingDocument:
        """A document to be sent, under the caller's `key`; its bytes are read only then.

        Reading raises DocumentMissing, AwsUnavailable; who sends verifies size and SHA-256.
        """
        return OutgoingDocument(
            key=key,
            size=document.size,
            sha256=document.sha256,
            read=lambda: self._opened(document.s3_key),
        )

    @contextmanager
    def _opened(self, s3_key: str) -> Iterator[Iterable[bytes]]:
        with aws_errors_translated("s3"):
            try:
                body = self._s3.get_object(Bucket=self._bucket, Key=s3_key)["Body"]
            except ClientError as error:
                if error_code(error) in _MISSING:
                    raise DocumentMissing(s3_key) from error
                raise
            with closing(body):
                yield _pieces(body)


def _pieces(body: StreamingBody) -> Iterator[bytes]:
    with aws_errors_translated("s3"):
        yield from body.iter_chunks(PIECE_BYTES)
