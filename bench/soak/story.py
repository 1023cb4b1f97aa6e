"""What users do, one thing after the other, drawn from a seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from random import Random
from typing import TypeVar

import requests

from bench.soak.papers import make_paper, make_rubbish
from bench.soak.people import AUTO_IMPORT, RENAMED, Company, Everybody, User, digest
from local.dropbox_emulator.core.apps import AUTO_IMPORT_APP, SYNCHRONISATION_APP
from local.dropbox_emulator.core.refusals import LookupRefused, WriteRefused
from local.errors import LocalError
from local.host import Person
from local.host_expense_rows import Details, HostExpense
from local.host_expenses import HostExpenses
from local.linking import link_dropbox
from local.world import World
from shared.domain.expenses import ExpenseStatus

Party = TypeVar("Party")
DETAILS = Details("Taxi Bleu", "2026-11-20", "23.50")
_PATIENCE_SECONDS = 30
_TRIES = 3
_MOST_PAPERS = 100_000
"""Of a part: no two parts make the same."""
_UNDECIDED = frozenset({ExpenseStatus.WAITING, ExpenseStatus.COMPLIANT, ExpenseStatus.NON_COMPLIANT})


class Story:
    """Acts of some of the people, and how many of each there were; `unanswered` counts calls that failed.

    The people of a `part` act one after the other, those of several parts at the same time. A call of the API
    may meet a function that is being killed: that it fails is counted, and no fault.
    """

    def __init__(
        self, world: World, everybody: Everybody, seed: int, *, part: int = 0, parts: int = 1
    ) -> None:
        self.acts: Counter[str] = Counter()
        self.unanswered: Counter[str] = Counter()
        self._world = world
        self._everybody = everybody
        self._users = everybody.users[part::parts]
        self._companies = list(everybody.companies.values())[part::parts]
        self._random = Random(seed * parts + part)  # noqa: S311 - to be repeatable
        self._host = HostExpenses(world)
        self._papers = part * _MOST_PAPERS
        self._unlinked: set[User] = set()
        self._unlinked_companies: set[Company] = set()
        self._weights: Mapping[Callable[[User], None], int] = {
            self.drops: 30,
            self.drops_again: 4,
            self.drops_rubbish: 4,
            self.takes_away: 3,
            self.renames_the_folder: 1,
            self.moves_back: 2,
            self.has_accepted: 14,
            self.has_refused: 3,
            self.has_withdrawn: 2,
            self.deletes_an_expense: 2,
            self.enters_by_hand: 6,
            self.looks: 8,
            self.unlinks: 1,
            self.links: 2,
            self.revokes: 1,
            self.company_unlinks: 1,
            self.company_links: 1,
        }

    def begin(self) -> None:
        """Everybody links."""
        for user in self._users:
            self.links(user)
        for company in self._companies:
            self._link_company(company)

    def go_on(self) -> None:
        """One more act."""
        [act] = self._random.choices(list(self._weights), list(self._weights.values()))
        act(self._random.choice(self._users))
        self.acts[act.__name__.replace("_", " ")] += 1

    def end(self) -> None:
        """Everybody puts back what was put away, and drops; who may be unlinked links, as do their companies.

        A notification that was lost is made up for by the next one, or within the hour: no trial is as long.
        """
        for user in self._users:
            self.moves_back(user)
            self.drops(user)
        for user in [user for user in self._users if user in self._unlinked]:
            self._insist(self.links, user)
        for company in list(self._unlinked_companies):
            self._insist(self._link_company, company)

    def drops(self, user: User) -> None:
        """A few papers at once."""
        for _ in range(self._random.choice((1, 1, 2, 5))):
            self._papers += 1
            self._put(user, make_paper(self._papers, self._random))

    def drops_again(self, user: User) -> None:
        """A further copy of what was dropped before."""
        if user.dropped:
            self._put(user, user.dropped[self._random.choice(sorted(user.dropped))])

    def drops_rubbish(self, user: User) -> None:
        """What is no document."""
        self._papers += 1
        data = make_rubbish(self._papers)
        user.rejectable.add(digest(data))
        self._put(user, data)

    def takes_away(self, user: User) -> None:
        """Delete a file, which a drain may be about to import or to move."""
        lying = user.lying()
        if lying:
            path = self._random.choice(sorted(lying))
            user.given_up.add(digest(lying[path]))
            try:
                user.account.delete(path)
            except LookupRefused:
                return
            user.has[digest(lying[path])] -= 1

    def renames_the_folder(self, user: User) -> None:
        """With all that lies in it."""
        if not user.put_away():
            with suppress(LookupRefused, WriteRefused):
                user.account.delete(RENAMED)
            with suppress(LookupRefused, WriteRefused):
                user.account.move(AUTO_IMPORT, RENAMED)

    def moves_back(self, user: User) -> None:
        """Drop once more what the folder held when it was renamed."""
        for path in user.put_away():
            # A drain may file one by its id, wherever it lies.
            with suppress(LookupRefused, WriteRefused):
                user.account.move(path, f"{AUTO_IMPORT}/{path.removeprefix(RENAMED)}".replace("//", "/"))

    def has_accepted(self, user: User) -> None:
        """An expense of theirs that nobody has decided on."""
        expense = self._one_of(user, _UNDECIDED)
        if expense is not None:
            self._host.complete_and_accept(expense.expense_id, DETAILS)

    def has_refused(self, user: User) -> None:
        """Another."""
        self._set(user, _UNDECIDED, ExpenseStatus.REFUSED)

    def has_withdrawn(self, user: User) -> None:
        """One that was accepted, and is now refused."""
        self._set(user, frozenset({ExpenseStatus.ACCEPTED}), ExpenseStatus.REFUSED)

    def deletes_an_expense(self, user: User) -> None:
        """Its document may be imported once more."""
        expense = self._one_of(user, _UNDECIDED)
        if expense is not None:
            user.given_up |= {document.sha256 for document in expense.documents}
            self._host.set_status(expense.expense_id, ExpenseStatus.DELETED)

    def enters_by_hand(self, user: User) -> None:
        """An expense that never was in `Auto-Import`, and is accepted at once."""
        self._papers += 1
        expense_id = self._host.create(
            user.person, {f"{self._papers:06}.pdf": make_paper(self._papers, self._random)}
        )
        self._host.complete_and_accept(expense_id, DETAILS)

    def looks(self, user: User) -> None:
        """Open the page."""
        for path in ("links", "imports/batches", "imports/files", "imports/waiting"):
            self._ask("GET", path, user.person)

    def unlinks(self, user: User) -> None:
        """Auto-import."""
        self._unlinked.add(user)
        self._ask("DELETE", "links/auto_import", user.person)

    def links(self, user: User) -> None:
        """Their own account, again if need be."""
        self._unlinked.add(user)
        if self._link(user.person, user.account, "auto_import"):
            self._unlinked.remove(user)

    def revokes(self, user: User) -> None:
        """Disconnect the app at Dropbox itself."""
        self._unlinked.add(user)
        self._world.dropbox.authorizations.revoke(user.account.id, AUTO_IMPORT_APP.key)

    def company_unlinks(self, user: User) -> None:
        """The synchronisation; or its grant is revoked at Dropbox."""
        company = self._company_of(user)
        self._unlinked_companies.add(company)
        if self._random.random() < 0.5:
            self._ask("DELETE", "links/synchronisation", company.administrator)
        else:
            self._world.dropbox.authorizations.revoke(company.account.id, SYNCHRONISATION_APP.key)

    def company_links(self, user: User) -> None:
        """Again if need be."""
        self._link_company(self._company_of(user))

    def _put(self, user: User, data: bytes) -> None:
        self._papers += 1
        folder = self._random.choice(("", "", "", "trip/"))
        user.has[digest(data)] += 1
        user.dropped[digest(data)] = data
        user.account.write(f"{AUTO_IMPORT}/{folder}paper {self._papers:06}.pdf", data)

    def _one_of(self, user: User, statuses: frozenset[ExpenseStatus]) -> HostExpense | None:
        found = [expense for expense in self._host.of(user.person) if expense.status in statuses]
        return self._random.choice(found) if found else None

    def _set(self, user: User, statuses: frozenset[ExpenseStatus], status: ExpenseStatus) -> None:
        expense = self._one_of(user, statuses)
        if expense is not None:
            self._host.set_status(expense.expense_id, status)

    def _company_of(self, user: User) -> Company:
        return self._everybody.companies[user.person.company_id]

    def _link_company(self, company: Company) -> None:
        today = datetime.now(UTC).date().isoformat()
        self._unlinked_companies.add(company)
        if self._link(company.administrator, company.account, "synchronisation", since=today):
            self._unlinked_companies.remove(company)

    def _insist(self, link: Callable[[Party], None], who: Party) -> None:
        """Whose link fails for a function that was just killed tries again."""
        for _ in range(_TRIES):
            before = self.unanswered.total()
            link(who)
            if self.unanswered.total() == before:
                return

    def _link(self, person: Person, account: object, purpose: str, since: str | None = None) -> bool:
        """Whether they are linked now, as far as they know."""
        try:
            link_dropbox(self._world, person, account, purpose, since=since)  # type: ignore[arg-type]
        except (LocalError, requests.RequestException):
            self.unanswered[f"linking {purpose}"] += 1
            return False
        return True

    def _ask(self, method: str, path: str, person: Person) -> None:
        session = {"Authorization": f"Bearer {self._world.host.sign_in(person)}"}
        url = f"{self._world.deployment.api_url}/{path}"
        try:
            answer = requests.request(method, url, headers=session, timeout=_PATIENCE_SECONDS)
        except requests.RequestException:
            self.unanswered[path] += 1
            return
        if answer.status_code >= 500 or answer.status_code == 429:
            self.unanswered[f"{path}: {answer.status_code}"] += 1
