"""Encrypts refresh tokens and authorisation codes with KMS, each bound to what it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from shared.aws.clients import make_client
from shared.aws.errors import aws_errors_translated

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient


class TokenCipher:
    """Ciphertext opens only under the same context: a token copied to another row is useless."""

    def __init__(self, key_id: str, client: KMSClient | None = None) -> None:
        self._key_id = key_id
        self._given_client = client

    @cached_property
    def _kms(self) -> KMSClient:
        """Made for the first secret: linking begins without one."""
        return self._given_client or make_client("kms", read_timeout=10)

    def encrypt(self, secret: str, context: Mapping[str, str]) -> bytes:
        """Raises AwsUnavailable."""
        with aws_errors_translated("kms"):
            answer = self._kms.encrypt(
                KeyId=self._key_id, Plaintext=secret.encode(), EncryptionContext=dict(context)
            )
        return bytes(answer["CiphertextBlob"])

    def decrypt(self, ciphertext: bytes, context: Mapping[str, str]) -> str:
        """Raises AwsUnavailable, also where the context is not the one it was encrypted under."""
        with aws_errors_translated("kms"):
            answer = self._kms.decrypt(
                KeyId=self._key_id, CiphertextBlob=ciphertext, EncryptionContext=dict(context)
            )
        return bytes(answer["Plaintext"]).decode()
