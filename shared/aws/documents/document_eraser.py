"""Deletes stored documents with all their versions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from shared.aws.clients import make_client
from shared.aws.errors import aws_errors_translated, failed_part
from shared.batching import batched
from shared.domain.erasures import Checkpoint

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import ObjectIdentifierTypeDef

MOST_AT_ONCE = 1000
"""What `DeleteObjects` takes."""


class DocumentEraser:
    """The documents bucket, which keeps every version of every object until each is deleted by its id."""

    def __init__(self, bucket: str, client: S3Client | None = None) -> None:
        self._bucket = bucket
        self._s3: S3Client = client or make_client("s3", read_timeout=30)

    def erase(self, prefix: str, keep: Collection[str], checkpoint: Checkpoint) -> None:
        """Delete everything under `prefix` but the keys in `keep`; may be repeated. Raises AwsUnavailable.

        Before each page it calls the checkpoint, which may raise to end it there.
        """
        with aws_errors_translated("s3"):
            for page in self._pages(prefix, checkpoint):
                doomed = (version for version in _versions_in(page) if version["Key"] not in keep)
                for some in batched(doomed, MOST_AT_ONCE):
                    self._delete(some)

    def _pages(self, prefix: str, checkpoint: Checkpoint) -> Iterator[Any]:
        pages = self._s3.get_paginator("list_object_versions").paginate(Bucket=self._bucket, Prefix=prefix)
        checkpoint()
        for page in pages:
            yield page
            checkpoint()

    def _delete(self, versions: Sequence[ObjectIdentifierTypeDef]) -> None:
        answer = self._s3.delete_objects(Bucket=self._bucket, Delete={"Objects": versions, "Quiet": True})
        if errors := answer.get("Errors"):
            raise failed_part("s3", "DeleteObjects", str(errors[0].get("Code")))


def _versions_in(page: Any) -> Iterator[ObjectIdentifierTypeDef]:  # noqa: ANN401 - what boto3 answers
    for kind in ("Versions", "DeleteMarkers"):
        for version in page.get(kind, []):
            yield {"Key": version["Key"], "VersionId": version["VersionId"]}
