"""What must hold of tables, documents and the tokens' key."""

from __future__ import annotations

import pytest

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
