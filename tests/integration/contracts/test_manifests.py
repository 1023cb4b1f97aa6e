"""What the synchronisation may rely on of its manifests' records."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from functions.document_sync.ports import Manifests
from shared.aws.stores.delivery_store import DeliveryStore
from shared.aws.stores.manifest_store import ManifestStore
from shared.domain.deliveries import Manifest, ManifestFile, ManifestForm
from shared.domain.errors import AwsRefused
from testing.fakes.synchronisation import FakeManifests
from tests.integration.conftest import Aws
from tests.integration.contracts.conftest import FAKE

NOW = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)
COMPANY, ACCOUNT = "atelier", "dbid:first"
PATH = "/Jenji/2026/03/Expenses 2026-03.csv"
WORKBOOK = "/Jenji/2026/03/Expenses 2026-03.xlsx"


@pytest.fixture
def manifests(kind: str, request: pytest.FixtureRequest) -> Manifests:
    if kind == FAKE:
        return FakeManifests()
    request.getfixturevalue("aws")
    return ManifestStore("deliveries")


def the_changed(manifests: Manifests) -> Manifest:
    [manifest] = manifests.changed(COMPANY, ACCOUNT)
    return manifest


def test_a_month_nothing_happened_to_has_no_manifest(manifests: Manifests) -> None:
    assert manifests.changed(COMPANY, ACCOUNT) == []


def test_changed_months_are_known_of_each_account_in_their_order(manifests: Manifests) -> None:
    for month in ("2026-03", "2025-12", "2026-03"):
        manifests.mark_changed(COMPANY, ACCOUNT, month)
    manifests.mark_changed(COMPANY, f"{ACCOUNT}-and-longer", "2026-01")
    manifests.mark_changed("elsewhere", ACCOUNT, "2026-02")

    assert manifests.changed(COMPANY, ACCOUNT) == [
        Manifest(COMPANY, ACCOUNT, "2025-12", changes=1),
        Manifest(COMPANY, ACCOUNT, "2026-03", changes=2),
    ]


@pytest.mark.parametrize("form", ManifestForm)
def test_what_is_written_is_not_to_be_written_until_it_changes_again(
    manifests: Manifests, form: ManifestForm
) -> None:
    manifests.mark_changed(COMPANY, ACCOUNT, "2026-03")
    chosen = manifests.choose(the_changed(manifests), form, path=PATH, content_hash="hash")
    uploaded = manifests.uploaded(chosen, form, rev="5f3")
    written = manifests.written(uploaded, at=NOW)

    assert manifests.changed(COMPANY, ACCOUNT) == []
    manifests.mark_changed(COMPANY, ACCOUNT, "2026-03")
    assert the_changed(manifests) == replace(written, changes=2)
    assert written == Manifest(
        COMPANY,
        ACCOUNT,
        "2026-03",
        changes=1,
        written_changes=1,
        written_at=NOW,
        files={form: ManifestFile(PATH, "hash", "5f3")},
    )


def test_what_changes_while_it_is_written_is_to_be_written_again(manifests: Manifests) -> None:
    manifests.mark_changed(COMPANY, ACCOUNT, "2026-03")
    being_written = the_changed(manifests)
    manifests.mark_changed(COMPANY, ACCOUNT, "2026-03")

    manifests.written(being_written, at=NOW)

    assert (the_changed(manifests).changes, the_changed(manifests).written_changes) == (2, 1)


def test_what_was_about_to_be_written_is_known_again_after_a_crash(manifests: Manifests) -> None:
    manifests.mark_changed(COMPANY, ACCOUNT, "2026-03")

    changed = the_changed(manifests)
    chosen = manifests.choose(changed, ManifestForm.CSV, path=PATH, content_hash="hash")
    uploaded = manifests.uploaded(chosen, ManifestForm.CSV, rev="5f3")
    both = manifests.choose(uploaded, ManifestForm.XLSX, path=WORKBOOK, content_hash="other")

    assert the_changed(manifests) == both
    assert both.file(ManifestForm.CSV) == ManifestFile(PATH, "hash", "5f3")
    assert both.file(ManifestForm.XLSX) == ManifestFile(WORKBOOK, "other", None)


def test_manifests_are_not_among_the_deliveries_they_lie_beside(aws: Aws) -> None:
    deliveries = DeliveryStore(deliveries_table="deliveries")
    ManifestStore("deliveries").mark_changed(COMPANY, ACCOUNT, "2026-03")

    assert deliveries.pending(COMPANY, ACCOUNT, NOW, 10) == []
    assert deliveries.delivered_in_month(COMPANY, ACCOUNT, "2026-03") == []
    assert deliveries.move_to_account(COMPANY, "dbid:second", 10, NOW) == 0


def test_an_aws_that_fails_says_so(aws: Aws) -> None:
    manifests = ManifestStore("gone")

    with pytest.raises(AwsRefused):
        manifests.mark_changed(COMPANY, ACCOUNT, "2026-03")
    with pytest.raises(AwsRefused):
        manifests.changed(COMPANY, ACCOUNT)
