"""The requests to be forgotten, in the links table beside the links they end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from pynamodb.exceptions import DoesNotExist, PutError, UpdateError
from pynamodb.expressions.update import Action

from shared.aws.dynamodb import bind
from shared.aws.errors import CONDITION_FAILED, aws_errors_translated, error_code
from shared.aws.stores.audit_rows import to_audit_row
from shared.aws.stores.event_outbox import BUCKET as EVENTS
from shared.aws.stores.link_tables import AuditRow, ErasureRow, LinkEventRow, LinkRow, LinksItem
from shared.aws.stores.transactions import TransactionRefused, transaction
from shared.domain.audit import KEPT_FOR, AuditAction, AuditEntry
from shared.domain.erasures import BUCKET, Erasure, Subject, SubjectKind
from shared.domain.errors import LinkChanged
from shared.domain.links import Link, LinkStatus
from shared.domain.timestamps import from_iso, to_iso

PseudonymOf = Callable[[Subject], str]
"""What stands for somebody who was forgotten: see `Pseudonyms`."""


class ErasureStore:
    """The links table, as far as it holds requests. Every method raises AwsUnavailable."""

    def __init__(
        self,
        links_table: str,
        audit_trail_table: str,
        pseudonym_of: PseudonymOf,
        *,
        audit_kept_for: timedelta = KEPT_FOR,
    ) -> None:
        self._pseudonym_of = pseudonym_of
        self._audit_kept_for = audit_kept_for
        bind(LinksItem, links_table)
        bind(AuditRow, audit_trail_table)

    def request(self, subject: Subject, at: datetime) -> Erasure:
        """The request, made now unless it is under way."""
        row = ErasureRow(
            _key(subject),
            erases_kind=subject.kind.value,
            erases_id=subject.subject_id,
            erase_requested_at=to_iso(at),
            erase_tries=0,
            next_due=to_iso(at),
            bucket=BUCKET,
        )
        with aws_errors_translated():
            try:
                row.save(condition=ErasureRow.link_id.does_not_exist())
            except PutError as error:
                if error_code(error) != CONDITION_FAILED:
                    raise
                with suppress(DoesNotExist):  # it was completed just now
                    row = ErasureRow.get(row.link_id, consistent_read=True)
        return self._to_erasure(row)

    def due(self, now: datetime) -> list[Erasure]:
        """Those to be worked on, the longest due first. The index lags: one may be over."""
        with aws_errors_translated():
            keys = [row.link_id for row in ErasureRow.due.query(BUCKET, ErasureRow.next_due <= to_iso(now))]
            found = list(ErasureRow.batch_get(keys, consistent_read=True))
        erasures = [self._to_erasure(row) for row in found]
        return sorted(
            (erasure for erasure in erasures if erasure.next_try <= now), key=lambda each: each.next_try
        )

    def put_off(self, erasure: Erasure, *, tries: int, next_try: datetime) -> None:
        """Go on then. A request that is fulfilled in the meantime stays so."""
        actions: list[Action] = [ErasureRow.erase_tries.set(tries), ErasureRow.next_due.set(to_iso(next_try))]
        with aws_errors_translated():
            try:
                ErasureRow(_key(erasure.subject)).update(actions, condition=ErasureRow.link_id.exists())
            except UpdateError as error:
                if error_code(error) != CONDITION_FAILED:
                    raise

    def complete(self, erasure: Erasure, link: Link | None, at: datetime) -> None:
        """Delete the link and the request, and leave word that somebody was forgotten.

        Raises LinkChanged where the link is not the one that was read, or none was there and one is.
        """
        subject = erasure.subject
        self._forget_events(subject)
        is_as_read = LinkRow.link_id.does_not_exist()
        if link is not None:
            is_as_read |= (LinkRow.generation == link.generation) & (
                LinkRow.status == LinkStatus.UNLINKED.value
            )
        with aws_errors_translated():
            try:
                with transaction() as writes:
                    writes.delete("link", LinkRow(subject.link_id), is_as_read)
                    writes.delete("request", ErasureRow(_key(subject)))
                    trace = AuditEntry(erasure.pseudonym, at, AuditAction.ERASED)
                    writes.save("trace", to_audit_row(trace, self._audit_kept_for))
            except TransactionRefused as refusal:
                raise LinkChanged(erasure.pseudonym) from refusal

    @staticmethod
    def _forget_events(subject: Subject) -> None:
        """What the host could not be sent of their link in all this time it is not sent any more."""
        with aws_errors_translated():
            for row in LinkEventRow.due.query(EVENTS):
                if row.link_id.startswith(f"event:{subject.link_id}#"):
                    LinkEventRow(row.link_id).delete()

    def _to_erasure(self, row: ErasureRow) -> Erasure:
        subject = Subject(SubjectKind(row.erases_kind), row.erases_id)
        return Erasure(
            subject=subject,
            pseudonym=self._pseudonym_of(subject),
            requested_at=from_iso(row.erase_requested_at),
            next_try=from_iso(row.next_due),
            tries=int(row.erase_tries or 0),
        )


def _key(subject: Subject) -> str:
    return f"erasure:{subject.link_id}"
