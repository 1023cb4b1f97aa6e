"""What must hold of tables, documents and the tokens' key."""

from __future__ import annotations

import re
from typing import Any

import pytest

from local.template import ROOT
from tests.unit.templates.loaded import DATA, MAIN, RESOURCES, of_type

STATEFUL = ("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::KMS::Key")


@pytest.mark.parametrize("name", sorted(of_type("AWS::DynamoDB::Table")))
def test_every_table_is_encrypted_recoverable_and_protected(name: str) -> None:
    table = RESOURCES[name]["Properties"]

    assert table["BillingMode"] == "PAY_PER_REQUEST"
    # Without it DynamoDB encrypts by a key of its own; with it, by one whose every call costs.
    assert "SSESpecification" not in table
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["DeletionProtectionEnabled"] == {"Ref": "ProtectTables"}
    assert DATA["Parameters"]["ProtectTables"]["Default"] == "true"


@pytest.mark.parametrize("name", sorted(name for kind in STATEFUL for name in of_type(kind)))
def test_nothing_is_deleted_with_the_stack_but_what_a_failed_first_deployment_made(name: str) -> None:
    resource = RESOURCES[name]

    assert (resource["DeletionPolicy"], resource["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")


def test_what_outlives_releases_is_in_no_other_template() -> None:
    kept = {name for kind in STATEFUL for name in of_type(kind)}

    assert kept <= set(DATA["Resources"])


def test_every_name_that_the_functions_are_given_is_an_output_of_the_same_name() -> None:
    kept = {name for kind in STATEFUL for name in of_type(kind)}

    assert set(DATA["Outputs"]) == kept
    assert kept <= set(MAIN["Parameters"])


def test_the_bucket_is_private_versioned_encrypted_and_refuses_plain_http() -> None:
    bucket = RESOURCES["DocumentsBucket"]["Properties"]
    policy = RESOURCES["DocumentsBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]

    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    assert bucket["BucketEncryption"]
    assert [(rule["Effect"], rule["Condition"]) for rule in policy] == [
        ("Deny", {"Bool": {"aws:SecureTransport": "false"}})
    ]


def test_it_is_said_of_every_table_and_of_the_bucket_how_long_they_keep_what_is_in_them() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")

    said = dict(re.findall(r"^\| `(\w+(?:Table|Bucket))` \| ([^|]+) \|$", page, re.MULTILINE))

    assert set(said) == {*of_type("AWS::DynamoDB::Table"), *of_type("AWS::S3::Bucket")}
    # What an operator decides or a day ends is deleted by DynamoDB itself; all else is state.
    expiring = {name for name, words in said.items() if re.search(r"KeptDays|a day after", words)}
    assert expiring - {"DocumentsBucket"} == {
        name for name, table in of_type("AWS::DynamoDB::Table").items() if _expires(table)
    }
    for name, default in re.findall(r"`(\w+Days)` \((\d+)\)", " ".join(said.values())):
        declared = {**MAIN["Parameters"], **DATA["Parameters"]}[name]
        assert declared["Default"] == int(default)


def _expires(table: dict[str, Any]) -> bool:
    declared = table["Properties"].get("TimeToLiveSpecification")
    assert declared in (None, {"AttributeName": "ttl", "Enabled": True})
    return declared is not None


def test_no_version_of_a_document_outlives_its_deletion_for_good() -> None:
    rules = RESOURCES["DocumentsBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]

    [rule] = [each for each in rules if "Prefix" not in each and "NoncurrentVersionExpiration" in each]
    assert rule["NoncurrentVersionExpiration"] == {"NoncurrentDays": {"Ref": "DeletedDocumentsKeptDays"}}
    assert (rule["Status"], rule["ExpiredObjectDeleteMarker"]) == ("Enabled", True)
    # Pictures of documents and proofs can be made again; a document that is current never expires.
    expiring = {each.get("Prefix") for each in rules if "ExpirationInDays" in each}
    assert expiring <= {"previews/", "proofs/listings/", "proofs/findings/"}
    assert not any("Filter" in each for each in rules)
