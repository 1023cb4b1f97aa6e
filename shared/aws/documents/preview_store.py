"""Keeps the small pictures of documents' pages in S3, and makes URLs that show one for minutes."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from shared.aws.clients import make_client
from shared.aws.errors import aws_errors_translated

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

URL_SECONDS = 300


class PreviewStore:
    """The documents bucket, below `previews/`."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket

    @cached_property
    def _s3(self) -> S3Client:
        """Made for the first picture: few of those who ask the page's API ask for one.

        Signatures of version 4 name the region's own address, which a host's policy can allow.
        """
        client: S3Client = make_client("s3", signature_version="s3v4", read_timeout=10)
        return client

    def put(self, key: str, picture: bytes, content_type: str = "image/jpeg") -> None:
        """Keep a picture, in the place of one of before. Raises AwsFailed."""
        with aws_errors_translated("s3"):
            self._s3.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=picture,
                ContentType=content_type,
                CacheControl=f"private, max-age={URL_SECONDS}",
            )

    def url(self, key: str) -> str:
        """Shows the picture to those who have it, for `URL_SECONDS`; nothing is asked of S3."""
        return self._s3.generate_presigned_url(
            "get_object", Params={"Bucket": self._bucket, "Key": key}, ExpiresIn=URL_SECONDS
        )
