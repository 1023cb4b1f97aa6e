"""What proofs may rely on of their records and pages, in memory or behind AWS."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from functions.document_sync.proving.ports import ProofPages, Proofs
from shared.aws.documents.proof_pages import ProofPages as S3ProofPages
from shared.aws.stores.erasable_records import ErasableRecords
from shared.aws.stores.link_tables import AuditRow
from shared.aws.stores.proof_store import ProofStore
from shared.domain.audit import AuditAction, AuditEntry
from shared.domain.cloud_files import ListedEntry
from shared.domain.errors import DocumentMissing, ProofChanged
from shared.domain.proofs import (
    EndedProof,
    Finding,
    FolderProof,
    FoundDocument,
    PendingProof,
    ProofCounts,
    ProofFile,
    ProofProblem,
    PutBack,
)
from testing.audit_rows import to_audit_entry
from testing.fakes.proofs import FakeProofPages, FakeProofs
from tests.integration.contracts.conftest import FAKE

NOW = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)
COMPANY, ACCOUNT = "atelier", "dbid:first"
COUNTS = ProofCounts(documents=3, present=1, missing=1, changed=1, other_space=4, files=2)
PENDING = PendingProof(
    "run-2", "bob", NOW, "request-1", 3, NOW, "cursor", 4, 800, is_listed=True, counts=COUNTS, tries=1
)
ENDED = EndedProof("run-1", None, NOW, NOW + timedelta(seconds=9), COUNTS, path="/Jenji/2026/11/Proof.csv")
FOUND = FoundDocument(Finding.MOVED, "/Jenji/É.pdf", "/Jenji/Là/É.pdf", "expense-1", "document-1")


@pytest.fixture
def proofs(kind: str, request: pytest.FixtureRequest) -> Proofs:
    if kind == FAKE:
        return FakeProofs()
    request.getfixturevalue("aws")
    return ProofStore("deliveries", "audit_trail")


@pytest.fixture
def pages(kind: str, request: pytest.FixtureRequest) -> ProofPages:
    if kind == FAKE:
        return FakeProofPages()
    request.getfixturevalue("aws")
    return S3ProofPages("documents")


def whole(version: int = 0) -> FolderProof:
    return FolderProof(
        COMPANY,
        ACCOUNT,
        version,
        pending=PENDING,
        ended=replace(ENDED, problem=ProofProblem.NO_PERMISSION, counts=None),
        proved=ENDED,
        put_back=PutBack("1", "run-1", "bob", NOW, "request-2", page=1, documents=200),
        file=ProofFile("2026-11", "/Jenji/2026/11/Proof 2026-11.csv", "hash", "5f3"),
    )


def test_of_a_folder_that_nobody_has_proved_nothing_is_known(proofs: Proofs) -> None:
    assert proofs.get(COMPANY, ACCOUNT) == FolderProof(COMPANY, ACCOUNT)


def test_all_that_is_written_is_read_again(proofs: Proofs) -> None:
    saved = proofs.save(whole())

    assert saved == replace(whole(), version=1)
    assert proofs.get(COMPANY, ACCOUNT) == saved
    assert proofs.get(COMPANY, f"{ACCOUNT}-and-longer") == FolderProof(COMPANY, f"{ACCOUNT}-and-longer")


def test_what_is_over_is_gone(proofs: Proofs) -> None:
    saved = proofs.save(whole())

    proofs.save(replace(saved, pending=None, put_back=None, file=None))

    known = proofs.get(COMPANY, ACCOUNT)
    assert (known.pending, known.put_back, known.file) == (None, None, None)


def test_who_read_it_before_another_wrote_writes_nothing(proofs: Proofs) -> None:
    first = proofs.get(COMPANY, ACCOUNT)
    second = proofs.save(replace(first, pending=PENDING))

    with pytest.raises(ProofChanged):
        proofs.save(replace(first, pending=None))
    with pytest.raises(ProofChanged):
        proofs.save(replace(second, version=7))

    assert proofs.get(COMPANY, ACCOUNT) == second


def test_a_line_of_the_trail_is_written_with_the_outcome_or_not_at_all(aws: Any) -> None:
    proofs = ProofStore("deliveries", "audit_trail")
    problem = ProofProblem.NO_PERMISSION
    entry = AuditEntry(
        "company:atelier",
        NOW,
        AuditAction.FOLDER_PROVED,
        None,
        ACCOUNT,
        3,
        problem=problem,
        change_id="run-1",
    )
    saved = proofs.save(FolderProof(COMPANY, ACCOUNT), entry)
    with pytest.raises(ProofChanged):
        proofs.save(replace(saved, version=9), replace(entry, change_id="run-2"))

    assert [to_audit_entry(row) for row in AuditRow.query("company:atelier")] == [entry]


def test_pages_are_read_as_they_were_kept_and_kept_again(pages: ProofPages) -> None:
    listed = [ListedEntry("/Jenji/É.pdf", "hash"), ListedEntry("/Jenji/gone.pdf", None)]
    pages.keep_listing(COMPANY, "run-1", 0, [])
    pages.keep_listing(COMPANY, "run-1", 0, listed)
    pages.keep_findings(COMPANY, "run-1", 0, [FOUND, replace(FOUND, finding=Finding.MISSING, found_at=None)])

    assert pages.listing(COMPANY, "run-1", 0) == listed
    assert pages.findings(COMPANY, "run-1", 0)[0] == FOUND
    for missing in (lambda: pages.listing(COMPANY, "run-1", 1), lambda: pages.findings("other", "run-1", 0)):
        with pytest.raises(DocumentMissing):
            missing()


def test_what_a_later_release_writes_beside_is_left_out(aws: Any) -> None:
    ProofStore("deliveries").save(whole())
    table = boto3.resource("dynamodb").Table("deliveries")
    [row] = [each for each in table.scan()["Items"] if each["kind"] == "proof"]
    table.put_item(Item={**row, "proved": str(row["proved"])[:-1] + ',"later":1}'})

    assert ProofStore("deliveries").get(COMPANY, ACCOUNT).proved == ENDED


def test_who_is_forgotten_is_named_by_no_proof(aws: Any) -> None:
    ProofStore("deliveries").save(whole())
    records = ErasableRecords(
        links_table="links",
        audit_trail_table="audit_trail",
        reservations_table="reservations",
        waiting_files_table="waiting_files",
        import_records_table="import_records",
        reading_jobs_table="reading_jobs",
        deliveries_table="deliveries",
        employee_folders_table="employee_folders",
    )

    records.pseudonymise(COMPANY, "carol", "somebody", lambda: None)
    kept = ProofStore("deliveries").get(COMPANY, ACCOUNT).version
    records.pseudonymise(COMPANY, "bob", "somebody", lambda: None)

    assert kept == 1
    assert ProofStore("deliveries").get(COMPANY, ACCOUNT) == FolderProof(COMPANY, ACCOUNT)
