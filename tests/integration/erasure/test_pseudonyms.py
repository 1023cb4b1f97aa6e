"""What stands for somebody who was forgotten cannot be tried out."""

from __future__ import annotations

import hashlib

from shared.aws.stores.link_tables import PseudonymKeyRow
from shared.aws.stores.pseudonyms import KEY, Pseudonyms
from shared.aws.token_cipher import TokenCipher
from shared.domain.erasures import Subject, SubjectKind
from tests.integration.conftest import Aws

ALICE = Subject(SubjectKind.USER, "alice")


def test_the_same_user_has_the_same_pseudonym_whoever_asks(aws: Aws) -> None:
    first, second = (Pseudonyms("links", TokenCipher(aws.key_id)) for _ in range(2))

    assert first.of(ALICE) == second.of(ALICE) == first.of(ALICE)
    assert first.of(ALICE) != first.of(Subject(SubjectKind.COMPANY, "alice"))


def test_who_knows_an_id_cannot_tell_its_pseudonym(aws: Aws) -> None:
    pseudonym = Pseudonyms("links", TokenCipher(aws.key_id)).of(ALICE)

    kept = PseudonymKeyRow.get(KEY).encrypted_key
    assert hashlib.sha256(b"user:alice").hexdigest() not in pseudonym
    PseudonymKeyRow(KEY).delete()
    assert Pseudonyms("links", TokenCipher(aws.key_id)).of(ALICE) != pseudonym
    assert b"alice" not in kept
