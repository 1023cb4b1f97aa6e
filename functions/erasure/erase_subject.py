"""Forgets a user or a company: step by step, each of which may be repeated, the request itself last.

A call that dies, or whose time is up, leaves the request; the next one begins at the first step again and
finds little left to do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from functions.erasure.ports import EraseDocuments, Erasures, Records, TracesOf
from shared.domain.erasures import Checkpoint, Erasure, SubjectKind
from shared.domain.errors import ErasureUnfinished, LinkChanged
from shared.domain.expenses import document_prefix_of
from shared.domain.links import Link, LinkStatus
from shared.domain.previews import preview_prefix_of
from shared.domain.proofs import findings_prefix_of, listings_prefix_of
from shared.domain.timestamps import Clock
from shared.ports import FindUser, Links

DRAINS_END_WITHIN = timedelta(minutes=6)
"""A drain at work when its link goes may still write what it has begun: it lives for five minutes at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseSubject:
    """Called with a request, and a question, `has_time`, asked before every page of anything."""

    erasures: Erasures
    links: Links
    records: Records
    traces_of: TracesOf
    erase_documents: EraseDocuments
    find_user: FindUser
    clock: Clock

    def __call__(self, erasure: Erasure, has_time: Callable[[], bool]) -> None:
        """Raises ErasureUnfinished where it goes on at a later call, AwsUnavailable."""

        def checkpoint() -> None:
            if not has_time():
                raise ErasureUnfinished(self.clock())

        subject = erasure.subject
        link = self._ended_link(erasure)
        if subject.kind is SubjectKind.USER:
            self._erase_user(erasure, link, checkpoint)
        else:
            self.records.erase_company(subject.subject_id, checkpoint)
            self._erase_proofs(subject.subject_id, checkpoint)
        self.records.erase_trail(subject.link_id, checkpoint)
        self.records.erase_trail(erasure.pseudonym, checkpoint)
        self._complete(erasure, link)

    def _ended_link(self, erasure: Erasure) -> Link | None:
        """Their link, unlinked so long ago that nothing is written under it any more."""
        link = self.links.get(erasure.subject.link_id)
        if link is None:
            return None
        try:
            link = self.links.unlink(link, by=erasure.pseudonym, at=self.clock())
        except LinkChanged as error:
            raise ErasureUnfinished(self.clock()) from error
        quiet_from = (link.status_since or link.linked_at) + DRAINS_END_WITHIN
        if link.status is LinkStatus.UNLINKED and self.clock() < quiet_from:
            raise ErasureUnfinished(quiet_from)
        return link

    def _erase_user(self, erasure: Erasure, link: Link | None, checkpoint: Checkpoint) -> None:
        """The documents first: what is on record says which expenses were made of them."""
        user_id = erasure.subject.subject_id
        prefix = document_prefix_of(user_id)
        traces = self.traces_of(user_id, prefix, checkpoint)
        self.erase_documents(prefix, traces.s3_keys, checkpoint)
        self.erase_documents(preview_prefix_of(user_id), (), checkpoint)
        expense_ids = traces.expense_ids | self.records.expense_ids_of(user_id, checkpoint)
        folders = self.records.folders_of(user_id, checkpoint)
        for company_id in self._companies_of(user_id, link) | traces.company_ids | folders.keys():
            self.records.pseudonymise(company_id, user_id, erasure.pseudonym, checkpoint)
            self.records.erase_employee(company_id, user_id, folders.get(company_id), expense_ids, checkpoint)
            self._erase_proofs(company_id, checkpoint)
        self.records.erase_imports(user_id, checkpoint)

    def _erase_proofs(self, company_id: str, checkpoint: Checkpoint) -> None:
        """What was listed and found names folders of employees; the next proof finds the same again."""
        for prefix in (listings_prefix_of(company_id), findings_prefix_of(company_id)):
            self.erase_documents(prefix, (), checkpoint)

    def _companies_of(self, user_id: str, link: Link | None) -> set[str]:
        user = self.find_user(user_id)
        known = {user.company_id if user else "", link.company_id if link else ""}
        return known - {""}

    def _complete(self, erasure: Erasure, link: Link | None) -> None:
        try:
            self.erasures.complete(erasure, link, self.clock())
        except LinkChanged as error:
            # They have linked again in the meantime, and what came of that is to be forgotten too.
            raise ErasureUnfinished(self.clock()) from error
