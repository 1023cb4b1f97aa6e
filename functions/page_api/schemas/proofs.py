"""Proofs, as the API shows them."""

from __future__ import annotations

from typing import Literal

from functions.page_api.schemas.forms import Absent, Asked, Instant, Shown
from shared.domain import proofs
from shared.domain.proofs import ProofProblem


class ProvedFolder(Shown):
    """What came of comparing the folder with what was delivered.

    Each of `documents` is present, missing, changed or moved.
    """

    run_id: str
    is_monthly: bool
    """Whether it was the monthly one, and nobody asked for it."""
    as_of: Instant
    ended_at: Instant
    documents: int
    present: int
    """In their place, unaltered."""
    missing: int
    changed: int
    """Other bytes are in their place."""
    moved: int
    """Their bytes lie at another place in the folder."""
    doubled: int
    """Files beside them with the same bytes."""
    in_other_account: int
    """Not looked for: delivered to a Dropbox that was linked before."""
    in_other_space: int
    """Not looked for: delivered to the team's other space."""
    is_folder_missing: bool
    path: Absent[str] = None
    """Of its file in Dropbox."""
    url: Absent[str] = None


class NotProvedBecause(Shown):
    """Why a proof came to no result."""

    code: ProofProblem
    message: str


class FailedProof(Shown):
    """The last proof, where it came to no result."""

    at: Instant
    problem: NotProvedBecause


class PendingProof(Shown):
    """A proof that is under way; it goes on by itself."""

    since: Instant
    files: int
    """Seen so far."""
    is_listed: bool


class PutBack(Shown):
    """What was missing, being delivered again, or delivered by now."""

    since: Instant
    documents: int
    """On their way by now; the deliveries show what becomes of each."""
    ended_at: Absent[Instant] = None


class Proof(Shown):
    """How the company's folder compares with what was delivered to it."""

    proved: Absent[ProvedFolder] = None
    failed: Absent[FailedProof] = None
    pending: Absent[PendingProof] = None
    put_back: Absent[PutBack] = None
    can_put_back: bool
    next_at: Instant
    """When the monthly one is due; it begins within a day."""
    poll_after_seconds: int


class Finding(Shown):
    """A document that does not lie alone in its place, as it was found by the last proof."""

    finding: proofs.Finding
    path: str
    """Where it was delivered to."""
    found_at: Absent[str] = None
    """Where its bytes lie, or lie too."""
    url: Absent[str] = None
    """Where Dropbox's web site shows it."""
    expense_id: str
    document_id: str


class Findings(Shown):
    """What the last proof found, the missing ones first."""

    findings: list[Finding]
    cursor: Absent[str] = None


class ProveFolder(Asked):
    """Compare the folder with what was delivered to it, or put back what is missing."""

    request: Literal["prove", "put_back"]
