"""What IAM makes of the roles' conditions on the tokens' key and on documents: evaluated as AWS evaluates them.

The AWS emulator resolves no encryption context, so that nothing else shows it. The contexts and keys are those that
the code itself makes.
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

import pytest

from shared.domain.encryption_contexts import code_context, refresh_token_context
from shared.domain.expenses import document_prefix_of
from shared.domain.previews import preview_key
from tests.unit.templates.loaded import ROLES, allowed_to, as_list

BUCKET = "arn:aws:s3:::documents-of-a-stack"
KEY = "arn:aws:kms:eu-west-1:123456789012:key/1"
VALUES = {"AWS::Partition": "aws", "DocumentsBucket": "documents-of-a-stack", "TokensKey": KEY}
OPERATORS = {"StringEquals": str.__eq__, "StringLike": fnmatchcase}
CONTEXTS = {
    "a user's token": refresh_token_context("user:alice", "auto_import"),
    "a company's token": refresh_token_context("company:acme", "synchronisation"),
    "a user's token, said to be for the synchronisation": refresh_token_context(
        "user:alice", "synchronisation"
    ),
    "a user's code": code_context("attempt-1", "auto_import"),
    "a company's code": code_context("attempt-2", "synchronisation"),
    "another purpose's token": refresh_token_context("user:alice", "payments"),
    "nothing": {},
}


def resolved(value: Any) -> str:
    """A resource's ARN as CloudFormation makes it of `Ref` and `Fn::Sub`; "" of what is of no interest here."""
    if "Ref" in value:
        return VALUES.get(value["Ref"], "")
    text: str = value.get("Fn::Sub", "")
    for name, meant in VALUES.items():
        text = text.replace(f"${{{name}}}", meant)
    return text


def holds(condition: Mapping[str, Mapping[str, Any]], context: Mapping[str, str]) -> bool:
    """Every operator, every key; any of a key's values. A key that the request lacks matches nothing."""
    return all(
        name in context and any(OPERATORS[operator](context[name], wanted) for wanted in as_list(values))
        for operator, keys in condition.items()
        for name, values in keys.items()
    )


def may(role: str, action: str, resource: str, context: Mapping[str, str] | None = None) -> bool:
    """Whether a role's policies allow it; they deny nothing expressly."""
    return any(
        action in as_list(statement["Action"])
        and any(fnmatchcase(resource, resolved(each)) for each in as_list(statement["Resource"]))
        and holds(statement.get("Condition", {}), context or {})
        for statement in allowed_to(role)
    )


def allowed_contexts(role: str, action: str) -> set[str]:
    return {
        name
        for name, context in CONTEXTS.items()
        if may(role, action, KEY, {f"kms:EncryptionContext:{key}": value for key, value in context.items()})
    }


CODES = {"a user's code", "a company's code"}
TOKENS = {
    "a user's token",
    "a company's token",
    "a user's token, said to be for the synchronisation",
}
OPENED = {
    "AutoImportRole": {"a user's token"},
    "DocumentSyncRole": {"a company's token"},
    "OauthCallbackRole": CODES,
    "TokenRevocationRole": TOKENS,
}
SEALED = {"OauthCallbackRole": CODES | TOKENS}
BYTES = {
    "AutoImportRole": {"s3:PutObject"},
    "DocumentReadingRole": {"s3:GetObject"},
    "DocumentSyncRole": {"s3:GetObject"},
    "ErasureRole": {"s3:DeleteObject", "s3:DeleteObjectVersion"},
}
PICTURES = {
    "DocumentReadingRole": {"s3:PutObject"},
    "ErasureRole": {"s3:DeleteObject", "s3:DeleteObjectVersion"},
    "PageApiRole": {"s3:GetObject"},
}
S3_ACTIONS = ("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion")


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_the_secrets_that_its_work_is_about_and_no_others(role: str) -> None:
    assert allowed_contexts(role, "kms:Decrypt") == OPENED.get(role, set())


@pytest.mark.parametrize("role", ROLES)
def test_a_role_seals_what_it_hands_on_and_nothing_else(role: str) -> None:
    assert allowed_contexts(role, "kms:Encrypt") == SEALED.get(role, set())


@pytest.mark.parametrize("role", ROLES)
def test_a_role_does_with_documents_what_its_work_is(role: str) -> None:
    document = f"{BUCKET}/{document_prefix_of('alice')}a1b2c3"

    allowed = {action for action in S3_ACTIONS if may(role, action, document)}

    assert allowed == BYTES.get(role, set())


@pytest.mark.parametrize("role", ROLES)
def test_a_role_does_with_the_pictures_of_documents_what_its_work_is(role: str) -> None:
    picture = f"{BUCKET}/{preview_key('alice', 'expense-1', 0)}"

    allowed = {action for action in S3_ACTIONS if may(role, action, picture)}

    assert allowed == PICTURES.get(role, set())


@pytest.mark.parametrize("role", ROLES)
def test_no_role_touches_what_is_no_document(role: str) -> None:
    elsewhere = [f"{BUCKET}/backups/alice", f"{BUCKET}-of-another/{document_prefix_of('alice')}a1b2c3"]

    assert not [each for each in elsewhere for action in S3_ACTIONS if may(role, action, each)]
