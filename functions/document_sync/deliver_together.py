"""Delivers many documents at once: every byte first, then all the commits in one call.

The path of each is chosen and stored before its commit, which neither overwrites nor renames: a drain that
repeats it after a crash finds the same bytes at the same path, which is success.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from functions.document_sync.sync_run import SyncRun, ensure_link_unchanged
from shared.at_once import at_once
from shared.batching import batched
from shared.domain.cloud_uploads import Commit, SentDocument
from shared.domain.deliveries import Delivery, DeliveryReason, Place
from shared.domain.errors import (
    AcceptedAgain,
    CallNotUnderstood,
    DeliveryNotPending,
    DocumentMissing,
    DropboxRefused,
    IntegrationError,
    PathConflict,
    QuotaFull,
)
from shared.domain.expenses import SupportingDocument
from shared.domain.filing.choices import STANDARD, FilingChoice
from shared.domain.filing.document_path import document_path, filing_month
from shared.domain.host_expenses import DELIVERABLE, HostExpense
from shared.doorbells.backoff import next_try_after

MOST_DEATHS = 2
"""A document that two drains died of is not opened a third time."""
MOST_CANDIDATES = 6
TRIES_WITHOUT_A_REASON = 4
"""A refusal that names no reason is believed after so many more tries, a quarter of an hour later."""
STAGES = 3
"""One portion is prepared, one sent, one committed and put on record."""
LOOK_AGAIN_AFTER = timedelta(minutes=1)
"""For an expense that changed under our hands, or whose status this release does not know."""

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery that is to be uploaded, and the document and expense it is of."""

    delivery: Delivery
    expense: HostExpense
    document: SupportingDocument

    @property
    def key(self) -> str:
        """Its name within one upload."""
        return f"{self.delivery.key.expense_id}\n{self.delivery.key.document_id}"


@dataclass(frozen=True, slots=True)
class Ready(Due):
    """One with its place, which is stored."""

    place: Place


@dataclass(frozen=True, slots=True)
class Delivered:
    """Those that were recorded, and a fault of Dropbox's for which others were put off."""

    recorded: Sequence[Delivery] = ()
    fault: IntegrationError | None = None
    was_tried: bool = False

    def __add__(self, more: Delivered) -> Delivered:
        """Both together."""
        fault = more.fault or self.fault
        return Delivered([*self.recorded, *more.recorded], fault, self.was_tried or more.was_tried)


def deliver_together(run: SyncRun, deliveries: Sequence[Delivery], expect: Callable[[], None]) -> Delivered:
    """Record these deliveries, or put them off; `expect` is called before anything is recorded.

    Raises QuotaFull, once everything that still fitted is on record, and what stops the whole company.
    """
    with ThreadPoolExecutor(run.services.limits.threads) as records, ThreadPoolExecutor(STAGES) as stages:
        records.submit(run.dropbox.renew_access)  # while expenses are read
        expected = records.submit(at_once, lambda: ensure_link_unchanged(run), expect)
        delivering = _Delivering(run, records, expected)
        list(stages.map(delivering.deliver, batched(deliveries, run.services.limits.documents_a_portion)))
    return Delivered(delivering.recorded, delivering.fault, was_tried=True)


class _Delivering:
    """What has become of the deliveries so far."""

    def __init__(self, run: SyncRun, records: Executor, expected: Future[tuple[None, None]]) -> None:
        self.recorded: list[Delivery] = []
        self.fault: IntegrationError | None = None
        self._run = run
        self._records = records
        self._expected = expected
        self._is_over = threading.Event()

    def deliver(self, deliveries: Sequence[Delivery]) -> None:
        """While one portion is committed, the next is sent and another prepared."""
        try:
            for together in _by_size(self.prepare(deliveries), self._run.services.limits.bytes_together):
                if not self._may_go_on():
                    break
                self.upload(together)
        except BaseException:
            self._is_over.set()
            raise

    def _may_go_on(self) -> bool:
        return not self._is_over.is_set() and self._run.has_time()

    def prepare(self, deliveries: Sequence[Delivery]) -> list[Due]:
        """Those to be uploaded; the others are recorded or put off instead."""
        expenses = self._run.services.expenses.get_many({delivery.key.expense_id for delivery in deliveries})
        self._expected.result()

        def prepare(delivery: Delivery) -> list[Due]:
            # Another drain has recorded it in the meantime and has seen to it.
            with suppress(DeliveryNotPending):
                return self._prepared(delivery, expenses.get(delivery.key.expense_id))
            return []

        return [item for items in self._at_once(prepare, deliveries) for item in items]

    def upload(self, due: Sequence[Due]) -> None:
        """Send them, commit them, and put on record what came of it.

        Where each goes is chosen and stored while its bytes are sent, which are visible nowhere yet.
        """
        placing = [self._records.submit(self._placed, item) for item in due]
        sending = self._run.dropbox.send_documents(
            [self._run.services.open_document(item.key, item.document) for item in due], self._may_go_on
        )
        ready = [item for placed in placing for item in placed.result()]
        for item in ready:
            if item.key in sending.failed:
                self._failed(item.delivery, sending.failed[item.key])
        self._commit([(item, sending.sent[item.key]) for item in ready if item.key in sending.sent])
        if sending.stopped_by is not None:
            raise sending.stopped_by

    def _prepared(self, delivery: Delivery, expense: HostExpense | None) -> list[Due]:
        if expense is None or not _is_to_be_delivered(delivery, expense):
            self._cancel(delivery)
            return []
        document = _document_in(expense, delivery.key.document_id)
        if document is None or delivery.attempts_started >= MOST_DEATHS:
            self._fail(delivery, DeliveryReason.UNREADABLE if document else DeliveryReason.DOCUMENT_REMOVED)
            return []
        if self._run.is_careful or delivery.attempts_started:
            # Leave word, before opening it, which document it was, should this drain die of it.
            delivery = self._run.services.deliveries.note(delivery)
        return [Due(delivery, expense, document)]

    def _placed(self, item: Due) -> list[Ready]:
        """With its place; none where another drain has recorded it in the meantime."""
        if item.delivery.place is not None:
            return [Ready(item.delivery, item.expense, item.document, item.delivery.place)]
        with suppress(DeliveryNotPending):
            return [self._choose(item, self._choice_for(item.delivery, item.expense))]
        return []

    def _choice_for(self, delivery: Delivery, expense: HostExpense) -> FilingChoice | None:
        """What the company has chosen; the documents of one expense are filed alike, before and after."""
        link, key = self._run.link, delivery.key
        if link.filing is None or len(expense.documents) == 1:
            return link.filing
        others = self._run.services.deliveries.of_expense(key.company_id, key.account_id, key.expense_id)
        return next((other.place.choice for other in others if other.place), link.filing)

    def _choose(self, item: Due, choice: FilingChoice | None, before: Place | None = None) -> Ready:
        """Its place; after one that is taken the next candidate.

        That lies in the same month's folder, also where the expense's date was corrected: a document is one
        line of one manifest.
        """
        delivery, expense, document = item.delivery, item.expense, item.document
        month = before.month if before else None
        candidate = delivery.candidate + 1 if before else 0
        folder = self._run.services.folder_for(
            delivery.key.company_id, expense.user_id, expense.employee_name
        )
        path = document_path(
            expense,
            document,
            root=self._run.services.root,
            employee_folder=folder,
            accepted_at=delivery.accepted_at,
            candidate=candidate,
            choice=choice or STANDARD,
            month=month,
        )
        place = Place(path, month or filing_month(expense, delivery.accepted_at), folder, choice)
        placed = self._run.services.deliveries.choose_path(delivery, place, candidate)
        return Ready(placed, expense, document, place)

    def _commit(self, sent: Sequence[tuple[Ready, SentDocument]]) -> None:
        """Commit all; those whose place is taken again under another name, with the bytes that are there."""
        while sent:
            ensure_link_unchanged(self._run)
            self._mark_months(item for item, _ in sent)
            report = self._run.dropbox.commit_documents(
                [Commit(document, item.place.path) for item, document in sent]
            )
            there = [(item, document) for item, document in sent if item.key in report.committed]
            self._at_once(lambda one: self._delivered(*one), there)
            taken: list[tuple[Ready, SentDocument]] = []
            for item, document in sent:
                error = report.failed.get(item.key)
                if isinstance(error, PathConflict):
                    taken += [(other, document) for other in self._elsewhere(item)]
                elif error is not None:
                    self._failed(item.delivery, error)
            if report.stopped_by is not None:
                raise report.stopped_by
            sent = taken

    def _mark_months(self, items: Iterable[Ready]) -> None:
        """Before anything is there: a manifest too many is harmless, one too few is not."""
        link = self._run.link
        for month in sorted({item.place.month for item in items}):
            self._run.services.manifests.mark_changed(link.company_id, link.account_id, month)

    def _elsewhere(self, item: Ready) -> list[Ready]:
        """Somebody's own file is at the path: never overwritten; the next candidate is stored first."""
        if item.delivery.candidate + 1 >= MOST_CANDIDATES:
            self._fail(item.delivery, DeliveryReason.PATH_TAKEN)
            return []
        with suppress(DeliveryNotPending):
            return [self._choose(item, item.place.choice, item.place)]
        return []

    def _delivered(self, item: Ready, document: SentDocument) -> None:
        self._record(
            lambda: self._run.services.deliveries.record_delivered(
                item.delivery,
                place=item.place,
                content_hash=document.content_hash,
                sha256=item.document.sha256,
                size=document.size,
                space=self._run.link.space_of_two,
                at=self._run.services.clock(),
            )
        )

    def _failed(self, delivery: Delivery, error: IntegrationError) -> None:
        """What no retry cures fails visibly; a full account stops as a whole; the rest backs off."""
        match error:
            case QuotaFull():
                raise error
            case DocumentMissing():
                self._fail(delivery, DeliveryReason.DOCUMENT_MISSING)
            case DropboxRefused() if error.names_a_reason or delivery.tries >= TRIES_WITHOUT_A_REASON:
                self._fail(delivery, DeliveryReason.DROPBOX_REFUSED, error.tag)
            case _:
                self.fault = error if error.problem_while_it_lasts else self.fault
                tries = delivery.tries + 1
                # Its bytes may have been sent in vain: not as often as where nothing was.
                doublings = 2 * tries if isinstance(error, CallNotUnderstood) else tries
                with suppress(DeliveryNotPending):
                    self._run.services.deliveries.retry_later(
                        delivery,
                        tries=tries,
                        next_try=next_try_after(self._run.services.clock(), doublings),
                        detail=type(error).__name__,
                    )

    def _cancel(self, delivery: Delivery) -> None:
        try:
            self._record(
                lambda: self._run.services.deliveries.cancel(
                    delivery, reason=DeliveryReason.ACCEPTANCE_WITHDRAWN, at=self._run.services.clock()
                )
            )
        except AcceptedAgain:
            self._run.services.deliveries.retry_later(
                delivery,
                tries=delivery.tries,
                next_try=self._run.services.clock() + LOOK_AGAIN_AFTER,
                detail=AcceptedAgain.__name__,
            )

    def _fail(self, delivery: Delivery, reason: DeliveryReason, detail: str | None = None) -> None:
        at = self._run.services.clock()
        self._record(
            lambda: self._run.services.deliveries.record_failed(delivery, reason=reason, detail=detail, at=at)
        )

    def _record(self, write: Callable[[], Delivery]) -> None:
        with suppress(DeliveryNotPending):
            self.recorded.append(write())

    def _at_once(self, act: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
        """Several at a time, since each waits for AWS; an error ends what has not begun."""
        return list(self._records.map(act, items))


def _is_to_be_delivered(delivery: Delivery, expense: HostExpense) -> bool:
    return expense.status in DELIVERABLE and expense.company_id == delivery.key.company_id


def _document_in(expense: HostExpense, document_id: str) -> SupportingDocument | None:
    return next((document for document in expense.documents if document.document_id == document_id), None)


def _by_size(due: Sequence[Due], most_bytes: int) -> Iterator[list[Due]]:
    """In portions of so many bytes; a document that is larger by itself goes alone."""
    portion: list[Due] = []
    size = 0
    for item in due:
        if portion and size + item.document.size > most_bytes:
            yield portion
            portion, size = [], 0
        portion.append(item)
        size += item.document.size
    if portion:
        yield portion
