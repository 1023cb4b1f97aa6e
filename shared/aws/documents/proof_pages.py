"""Keeps what a proof lists and finds, page by page, in S3: compressed, and only for a while.

The bucket's lifecycle deletes listings within days and findings within months.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from shared.aws.clients import make_client
from shared.aws.errors import aws_errors_translated, error_code
from shared.domain.cloud_files import ListedEntry
from shared.domain.errors import DocumentMissing
from shared.domain.proofs import Finding, FoundDocument, findings_prefix_of, listings_prefix_of

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_MISSING = frozenset({"NoSuchKey", "404"})


class ProofPages:
    """The documents bucket, below `proofs/`. Every method raises AwsUnavailable."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket

    @cached_property
    def _s3(self) -> S3Client:
        """Made for the first page: few drains prove anything."""
        client: S3Client = make_client("s3", read_timeout=30)
        return client

    def keep_listing(self, company_id: str, run_id: str, page: int, entries: Sequence[ListedEntry]) -> None:
        """Keep a page of a listing, in the place of one of the same number."""
        rows = [[entry.path, entry.content_hash] for entry in entries]
        self._put(f"{listings_prefix_of(company_id)}{run_id}/{page}", rows)

    def listing(self, company_id: str, run_id: str, page: int) -> list[ListedEntry]:
        """That page. Raises DocumentMissing."""
        return [ListedEntry(*row) for row in self._get(f"{listings_prefix_of(company_id)}{run_id}/{page}")]

    def keep_findings(self, company_id: str, run_id: str, page: int, found: Sequence[FoundDocument]) -> None:
        """Keep a page of findings, in the place of one of the same number."""
        rows = [
            [each.finding.value, each.path, each.found_at, each.expense_id, each.document_id]
            for each in found
        ]
        self._put(f"{findings_prefix_of(company_id)}{run_id}/{page}", rows)

    def findings(self, company_id: str, run_id: str, page: int) -> list[FoundDocument]:
        """That page. Raises DocumentMissing."""
        rows = self._get(f"{findings_prefix_of(company_id)}{run_id}/{page}")
        return [FoundDocument(Finding(kind), *fields) for kind, *fields in rows]

    def _put(self, key: str, rows: list[list[str | None]]) -> None:
        body = gzip.compress(json.dumps(rows, separators=(",", ":")).encode(), mtime=0)
        with aws_errors_translated("s3"):
            self._s3.put_object(Bucket=self._bucket, Key=key, Body=body, ContentType="application/gzip")

    def _get(self, key: str) -> Any:  # noqa: ANN401 - what JSON holds
        with aws_errors_translated("s3"):
            try:
                body = self._s3.get_object(Bucket=self._bucket, Key=key)["Body"].read()
            except ClientError as error:
                if error_code(error) in _MISSING:
                    raise DocumentMissing(key) from error
                raise
        return json.loads(gzip.decompress(body))
