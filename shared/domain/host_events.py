"""What the host is told, as docs/events.md describes it.

Ids, counts and reason codes alone: no name of a person, a merchant or a file, and no path. An event may
be sent again; its `id` then stays the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from shared.domain.imports import Outcome
from shared.domain.links import Link, LinkProblem, LinkStatus, Purpose, ends_at
from shared.domain.sharing import ChangeKind, SharedFolder
from shared.domain.tallies import BatchTally, Drop, drops_of
from shared.domain.timestamps import to_iso

if TYPE_CHECKING:
    from shared.domain.audit import AuditAction
    from shared.domain.deliveries import Delivery
    from shared.domain.proofs import PendingProof
    from shared.domain.recorded_batches import RecordedBatch

SOURCE = "jenji.dropbox"
VERSION = 1
MOST_DOCUMENTS = 100
MOST_DROPS = 100
# EventBridge takes 256 KB, names included; the host chooses the ids, and how long they are.
MOST_BYTES = 200_000
_SHARING_CHANGES = {
    ChangeKind.SHARE: "shared",
    ChangeKind.REMOVE: "access_ended",
    ChangeKind.END: "sharing_ended",
}


@dataclass(frozen=True, slots=True)
class HostEvent:
    """One event: its name, EventBridge's `detail-type`, and its JSON object."""

    name: str
    detail: Mapping[str, object]

    @property
    def body(self) -> str:
        """The detail as it is sent."""
        return json.dumps(self.detail, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Occasion:
    """When an event is sent, and what its correlation id is."""

    at: datetime
    correlation_id: str


class Subject(Protocol):
    """What an event is about: a link, or a batch that came by it."""

    @property
    def link_id(self) -> str: ...
    @property
    def purpose(self) -> Purpose: ...
    @property
    def user_id(self) -> str: ...
    @property
    def company_id(self) -> str: ...


def batch_settled(
    link: Link, batch_id: str, tally: BatchTally, waiting: Sequence[datetime], occasion: Occasion
) -> HostEvent:
    """The files of a batch have ended, but for those still waiting when others were dropped.

    `waiting` has the notification of each of these.
    """
    drops = _newest(drops_of(batch_id, tally, waiting))
    return _event(
        "ImportBatchSettled",
        f"{batch_id}/{tally.recorded}",
        link,
        occasion,
        batch_id=batch_id,
        **{outcome.value: tally.outcomes[outcome] for outcome in Outcome},
        with_active_content=tally.with_active_content,
        waiting=len(waiting),
        seconds=tally.seconds,
        drops=[{**_outcomes_of(drop), "waiting": drop.under_way} for drop in drops],
    )


def batch_read(batch: RecordedBatch, tally: BatchTally, at: datetime) -> HostEvent:
    """The documents of a batch's files are all read."""
    drops = _newest(drops_of(batch.batch_id, tally, ()))
    return _event(
        "ImportBatchRead",
        f"{batch.batch_id}/{tally.recorded}",
        batch,
        Occasion(at, batch.correlation_id),
        batch_id=batch.batch_id,
        **{outcome.value: tally.outcomes[outcome] for outcome in Outcome},
        confirmed=tally.confirmed,
        to_check=tally.to_check,
        drops=[
            {**_outcomes_of(drop), "confirmed": drop.tally.confirmed, "to_check": drop.tally.to_check}
            for drop in drops
        ],
    )


def link_needs_attention(
    link: Link, status: LinkStatus, problem: LinkProblem, doorbell_id: str, occasion: Occasion
) -> HostEvent:
    """Somebody must act before the link works again, or wait until a moment that is known.

    `doorbell_id` is the message that revealed it: it comes again where the drain died after telling.
    """
    until = ends_at(problem, occasion.at)
    return _event(
        "LinkNeedsAttention",
        f"{link.generation}/{problem.value}/{doorbell_id}",
        link,
        occasion,
        status=status.value,
        reason=problem.value,
        **({"until": to_iso(until)} if until else {}),
    )


def link_changed(link: Link, action: AuditAction, by: str, occasion: Occasion) -> HostEvent:
    """Somebody has made, moved, taken over or ended a link; `link` is what it is since."""
    return _event(
        "LinkChanged",
        str(link.generation),
        link,
        occasion,
        change=action.value,
        by=by,
        account_id=link.account_id,
    )


def filing_changed(link: Link, by: str, occasion: Occasion) -> HostEvent:
    """An administrator has chosen where documents are filed from now on."""
    choice = link.filed_by
    return _event(
        "FilingChanged",
        str(link.generation),
        link,
        occasion,
        by=by,
        folders=[part.value for part in choice.folders],
        file_name=[part.value for part in choice.name],
        months=choice.months.value,
    )


def import_split(link: Link, expense_ids: Sequence[str], occasion: Occasion) -> HostEvent:
    """An imported file of several documents is an expense for each of them, the first as it was before."""
    first, *others = expense_ids
    return _event("ImportSplit", first, link, occasion, expense_id=first, other_expense_ids=others)


def folder_sharing_changed(link: Link, folder: SharedFolder, occasion: Occasion) -> HostEvent:
    """The change that was pending was made at Dropbox. Nobody is named with whom the folder is shared."""
    pending = folder.pending
    if pending is None:
        raise ValueError("nothing was pending")
    access = pending.change.access
    return _event(
        "FolderSharingChanged",
        pending.change_id,
        link,
        occasion,
        change=_SHARING_CHANGES[pending.change.kind],
        folder=folder.name,
        by=pending.by,
        **({"access": access.value} if access else {}),
    )


def company_folder_proved(link: Link, proof: PendingProof, occasion: Occasion) -> HostEvent:
    """What was delivered was compared with what lies in Dropbox; how many there are of each, and no more."""
    counts = proof.counts
    if counts is None or proof.started_at is None:
        raise ValueError("nothing was compared")
    return _event(
        "CompanyFolderProved",
        proof.run_id,
        link,
        occasion,
        run_id=proof.run_id,
        as_of=to_iso(proof.started_at),
        **({"by": proof.by} if proof.by else {}),
        documents=counts.documents,
        present=counts.present,
        missing=counts.missing,
        changed=counts.changed,
        moved=counts.moved,
        doubled=counts.doubled,
        not_looked_for=counts.other_account + counts.other_space,
    )


def documents_delivered(link: Link, deliveries: Sequence[Delivery], occasion: Occasion) -> list[HostEvent]:
    """These documents lie in the company's Dropbox; so many events as it takes."""
    return [
        _event("DocumentsDelivered", _digest(portion), link, occasion, documents=portion)
        for portion in _portions([_delivered_document(delivery) for delivery in deliveries])
    ]


def delivery_failed(link: Link, delivery: Delivery, occasion: Occasion) -> HostEvent:
    """The document cannot be delivered unless somebody has it tried again."""
    document = {
        "expense_id": delivery.key.expense_id,
        "document_id": delivery.key.document_id,
        "reason": delivery.detail or delivery.reason or "",
        "failed_at": to_iso(delivery.changed_at),
        **_caused_by(delivery),
    }
    return _event("DocumentDeliveryFailed", _digest([document]), link, occasion, document=document)


def _event(name: str, key: str, subject: Subject, occasion: Occasion, **about: object) -> HostEvent:
    detail = {
        "version": VERSION,
        "id": f"{name}/{subject.link_id}/{key}",
        "at": to_iso(occasion.at),
        "correlation_id": occasion.correlation_id,
        "link_id": subject.link_id,
        "purpose": subject.purpose.value,
        "user_id": subject.user_id,
        "company_id": subject.company_id,
        **about,
    }
    return HostEvent(name, detail)


def _newest(drops: Sequence[Drop]) -> Sequence[Drop]:
    """A batch goes on as long as somebody drops something every ten minutes; the event stays small."""
    return drops[-MOST_DROPS:]


def _outcomes_of(drop: Drop) -> dict[str, object]:
    outcomes = drop.tally.outcomes
    return {"drop_id": drop.drop_id, **{outcome.value: outcomes[outcome] for outcome in Outcome}}


def _delivered_document(delivery: Delivery) -> dict[str, str]:
    return {
        "expense_id": delivery.key.expense_id,
        "document_id": delivery.key.document_id,
        "delivered_at": to_iso(delivery.delivered_at or delivery.changed_at),
        **_caused_by(delivery),
    }


def _caused_by(delivery: Delivery) -> dict[str, str]:
    """Nothing is known of what an earlier release made pending."""
    return {"correlation_id": delivery.correlation_id} if delivery.correlation_id else {}


def _portions(documents: Sequence[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    portion: list[dict[str, str]] = []
    size = 0
    for document in documents:
        more = len(json.dumps(document))
        if portion and (len(portion) == MOST_DOCUMENTS or size + more > MOST_BYTES):
            yield portion
            portion, size = [], 0
        portion.append(document)
        size += more
    if portion:
        yield portion


def _digest(documents: Sequence[Mapping[str, str]]) -> str:
    return hashlib.sha256(json.dumps(documents).encode()).hexdigest()[:32]
