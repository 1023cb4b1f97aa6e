"""Shows where the company's documents are filed, and has what comes from now on filed otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from functions.page_api.own_links import live_link
from functions.page_api.ports import Sharings
from functions.page_api.ringing import Ringing
from shared.domain.errors import LinkChanged, RefusalCode, RequestRefused
from shared.domain.filing.choices import FilingChoice, FilingProblem, problem_of
from shared.domain.links import Link, Purpose
from shared.domain.sharing import is_year_shared
from shared.domain.timestamps import Clock
from shared.http.host_session import HostSession
from shared.ports import Links

REFUSAL_OF = {
    FilingProblem.MONTH_BEFORE_YEAR: RefusalCode.FILING_MONTH_BEFORE_YEAR,
    FilingProblem.MONTH_MISSING: RefusalCode.FILING_MONTH_MISSING,
    FilingProblem.EMPLOYEE_MISSING: RefusalCode.FILING_EMPLOYEE_MISSING,
    FilingProblem.PRIVATE_FOLDER: RefusalCode.FILING_PRIVATE_FOLDER,
    FilingProblem.PARTS_UNFIT: RefusalCode.FILING_PARTS_UNFIT,
}


@dataclass(frozen=True, slots=True)
class TriedFiling:
    """A choice for a company, and why it is refused, if it is."""

    link: Link
    choice: FilingChoice
    refusal: RefusalCode | None = None


@dataclass(frozen=True, slots=True)
class TryFiling:
    """Called with a session and a choice, or none for the present one: nothing changes."""

    links: Links
    sharings: Sharings

    def __call__(self, session: HostSession, choice: FilingChoice | None = None) -> TriedFiling:
        """Raises RequestRefused (not_administrator, plan_required, not_linked), AwsUnavailable."""
        return self.of(live_link(self.links, session, Purpose.SYNCHRONISATION), choice)

    def of(self, link: Link, choice: FilingChoice | None = None) -> TriedFiling:
        """The same of a link that was read."""
        if choice is None:
            return TriedFiling(link, link.filed_by)
        problem = problem_of(choice)
        refusal = REFUSAL_OF[problem] if problem else self._refused_for_sharing(link, choice)
        return TriedFiling(link, choice, refusal)

    def _refused_for_sharing(self, link: Link, choice: FilingChoice) -> RefusalCode | None:
        """Who was given a year would see nothing new of it any more, and nobody would be told."""
        if choice.has_year_folders or not link.filed_by.has_year_folders:
            return None
        is_shared = any(map(is_year_shared, self.sharings.of_account(link.company_id, link.account_id)))
        return RefusalCode.FILING_YEAR_SHARED if is_shared else None


@dataclass(frozen=True, slots=True)
class ChooseFiling:
    """Called with a session, a choice, and the version of the one that it takes the place of."""

    links: Links
    try_filing: TryFiling
    ring: Ringing
    now: Clock

    def __call__(
        self, session: HostSession, choice: FilingChoice, version: int, correlation_id: str
    ) -> TriedFiling:
        """What was filed stays where it is. The same choice once more changes nothing.

        Raises RequestRefused (see `TryFiling`; filing_…), AwsUnavailable.
        """
        link = live_link(self.links, session, Purpose.SYNCHRONISATION)
        if link.filed_by == choice:
            return TriedFiling(link, choice)
        tried = self.try_filing.of(link, choice)
        if tried.refusal:
            raise RequestRefused(tried.refusal)
        if link.generation != version:
            raise RequestRefused(RefusalCode.FILING_CHANGED)
        try:
            chosen = self.links.choose_filing(link, choice, by=session.user_id, at=self.now())
        except LinkChanged as changed:
            raise RequestRefused(RefusalCode.FILING_CHANGED) from changed
        self.ring(chosen, correlation_id)
        return TriedFiling(chosen, choice)
