"""The key of pseudonyms, made at first use and kept in the links table, encrypted."""

from __future__ import annotations

import secrets

from pynamodb.exceptions import DoesNotExist, PutError

from shared.aws.dynamodb import bind
from shared.aws.errors import CONDITION_FAILED, aws_errors_translated, error_code
from shared.aws.stores.link_tables import LinksItem, PseudonymKeyRow
from shared.aws.token_cipher import TokenCipher
from shared.domain.encryption_contexts import PSEUDONYMS_CONTEXT
from shared.domain.erasures import Subject, pseudonym_of

KEY = "control:pseudonyms"
_BYTES = 32


class Pseudonyms:
    """Stands in for who was forgotten. Every method raises AwsUnavailable."""

    def __init__(self, links_table: str, cipher: TokenCipher) -> None:
        bind(LinksItem, links_table)
        self._cipher = cipher
        self._key: bytes | None = None

    def of(self, subject: Subject) -> str:
        """The same for the same subject, to every function and at any time."""
        if self._key is None:
            self._key = bytes.fromhex(self._cipher.decrypt(self._kept_key(), PSEUDONYMS_CONTEXT))
        return pseudonym_of(subject, self._key)

    def _kept_key(self) -> bytes:
        with aws_errors_translated():
            try:
                return bytes(PseudonymKeyRow.get(KEY, consistent_read=True).encrypted_key)
            except DoesNotExist:
                return self._made_key()

    def _made_key(self) -> bytes:
        """One of two that make it at once is the first, and its key stands."""
        made = self._cipher.encrypt(secrets.token_hex(_BYTES), PSEUDONYMS_CONTEXT)
        try:
            PseudonymKeyRow(KEY, encrypted_key=made).save(PseudonymKeyRow.link_id.does_not_exist())
        except PutError as error:
            if error_code(error) != CONDITION_FAILED:
                raise
            return bytes(PseudonymKeyRow.get(KEY, consistent_read=True).encrypted_key)
        return made
