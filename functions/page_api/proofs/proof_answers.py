"""Words proofs as answers of the API, in the user's language."""

from __future__ import annotations

from datetime import datetime, timedelta

from functions.page_api.proofs.show_proof import ListedFindings
from functions.page_api.schemas import proofs as schemas
from functions.page_api.texts import sentence
from shared.domain.dropbox_web import place_url
from shared.domain.links import Link
from shared.domain.proofs import (
    EndedProof,
    Finding,
    FolderProof,
    FoundDocument,
    PendingProof,
    ProofProblem,
    PutBack,
    next_monthly_moment,
)

AT_REST_SECONDS = 30
UNDER_WAY_SECONDS = 2
LONG_UNDER_WAY_SECONDS = 10
LONG = timedelta(minutes=1)


def proof(link: Link, known: FolderProof, locale: str, now: datetime) -> schemas.Proof:
    """How it stands. One whose time is over is not gone on with, whether a drain has said so or not."""
    pending = known.pending if known.pending and not known.pending.is_over(now) else None
    since = pending.requested_at if pending else None
    if known.put_back and known.is_putting_back:
        since = known.put_back.requested_at
    return schemas.Proof(
        proved=_proved(link, known.proved) if known.proved else None,
        failed=_failed(known.ended, locale) if known.ended and known.ended.problem else None,
        pending=_pending(pending) if pending else None,
        put_back=_put_back(known.put_back, known.proved) if known.put_back else None,
        can_put_back=_can_put_back(known, now) and pending is None,
        next_at=next_monthly_moment(link.company_id, now),
        poll_after_seconds=_poll_after(since, now),
    )


def findings(listed: ListedFindings) -> schemas.Findings:
    """A page of them."""
    return schemas.Findings(
        findings=[_finding(listed.link, each) for each in listed.found], cursor=listed.cursor
    )


def _poll_after(since: datetime | None, now: datetime) -> int:
    if since is None:
        return AT_REST_SECONDS
    return UNDER_WAY_SECONDS if now - since < LONG else LONG_UNDER_WAY_SECONDS


def _can_put_back(known: FolderProof, now: datetime) -> bool:
    counts = known.proved.counts if known.proved and known.proved.is_kept(now) else None
    return bool(counts and counts.missing) and not known.is_putting_back and not known.was_put_back


def _proved(link: Link, proved: EndedProof) -> schemas.ProvedFolder | None:
    counts = proved.counts
    if counts is None:
        return None
    return schemas.ProvedFolder(
        run_id=proved.run_id,
        is_monthly=proved.by is None,
        as_of=proved.started_at,
        ended_at=proved.at,
        documents=counts.documents,
        present=counts.present,
        missing=counts.missing,
        changed=counts.changed,
        moved=counts.moved,
        doubled=counts.doubled,
        in_other_account=counts.other_account,
        in_other_space=counts.other_space,
        is_folder_missing=counts.is_folder_missing,
        path=proved.path,
        url=place_url(link, proved.path) if proved.path else None,
    )


def _failed(ended: EndedProof, locale: str) -> schemas.FailedProof:
    problem = ended.problem or ProofProblem.DROPBOX_REFUSED
    because = schemas.NotProvedBecause(code=problem, message=sentence(problem, locale))
    return schemas.FailedProof(at=ended.at, problem=because)


def _pending(pending: PendingProof) -> schemas.PendingProof:
    return schemas.PendingProof(since=pending.requested_at, files=pending.files, is_listed=pending.is_listed)


def _put_back(put_back: PutBack, proved: EndedProof | None) -> schemas.PutBack | None:
    """Of the proof that is shown."""
    if proved is None or put_back.run_id != proved.run_id:
        return None
    return schemas.PutBack(since=put_back.requested_at, documents=put_back.documents, ended_at=put_back.at)


def _finding(link: Link, found: FoundDocument) -> schemas.Finding:
    """What is missing has no address to open."""
    is_there = found.finding is not Finding.MISSING
    return schemas.Finding(
        finding=found.finding,
        path=found.path,
        found_at=found.found_at,
        url=place_url(link, found.found_at or found.path) if is_there else None,
        expense_id=found.expense_id,
        document_id=found.document_id,
    )
