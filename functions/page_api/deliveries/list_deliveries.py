"""The deliveries of the caller's company, the last changed first, with what their expenses have become."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from functions.page_api.cursors import position_cursor, position_in
from functions.page_api.imports.present_expenses import OwnExpenses, of_company
from functions.page_api.own_links import find_link
from functions.page_api.ports import Deliveries, Expenses
from functions.page_api.searching import Search, SearchedList, search_through
from shared.domain.deliveries import Delivery, DeliveryStatus
from shared.domain.links import Backfill, Link, Purpose
from shared.domain.paging import Page, Position
from shared.domain.timestamps import to_iso
from shared.http.host_session import HostSession
from shared.ports import Links

# What is pending or has failed for an account linked before is nobody's concern any more.
_OF_ACCOUNT = frozenset({DeliveryStatus.PENDING, DeliveryStatus.FAILED})


@dataclass(frozen=True, slots=True)
class ListedDeliveries:
    """A page, the expenses of its deliveries by id, and the cursor of the next page, None after the last."""

    deliveries: tuple[Delivery, ...]
    expenses: OwnExpenses
    cursor: str | None
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class ListDeliveries:
    """Called with a session, what of the list is wanted, and where to go on."""

    links: Links
    deliveries: Deliveries
    expenses: Expenses

    def __call__(
        self,
        session: HostSession,
        *,
        expense_id: str | None = None,
        status: DeliveryStatus | None,
        of_backfill: bool = False,
        search: Search,
        cursor: str | None,
        limit: int,
    ) -> ListedDeliveries:
        """Raises RequestRefused (not_administrator, invalid_cursor), AwsUnavailable."""
        link = find_link(self.links, session, Purpose.SYNCHRONISATION)
        account_id = link.account_id if link else None
        company_id = session.company_id
        of_list = ("deliveries", company_id, account_id, status, *(search.key if search else ()))
        of_list += ("of", expense_id) if expense_id else ()
        backfill = link.backfill if link and of_backfill else None
        of_list += ("backfill", to_iso(backfill.requested_at)) if backfill else ()
        after = position_in(of_list, cursor)
        if account_id is None or (of_backfill and backfill is None):
            return ListedDeliveries((), {}, None)

        is_of_account = status in _OF_ACCOUNT and expense_id is None

        def read(after: Position | None, limit: int) -> Page[Delivery]:
            if expense_id:
                return self.deliveries.of_expense(
                    company_id, account_id, expense_id, status=status, after=after, limit=limit
                )
            if status in _OF_ACCOUNT and status is not None:
                return self.deliveries.of_account(
                    company_id, account_id, status=status, after=after, limit=limit
                )
            return self.deliveries.all(company_id, status=status, after=after, limit=limit)

        page = (
            self._search(
                company_id,
                search=search,
                backfill=backfill,
                read=read,
                is_of_account=is_of_account,
                after=after,
                limit=limit,
            )
            if search or backfill
            else read(after, limit)
        )
        expenses = of_company(self.expenses, company_id, [item.key.expense_id for item in page.items])
        return ListedDeliveries(page.items, expenses, position_cursor(of_list, page.after), link)

    def _search(
        self,
        company_id: str,
        *,
        search: Search,
        backfill: Backfill | None,
        is_of_account: bool,
        read: Callable[[Position | None, int], Page[Delivery]],
        after: Position | None,
        limit: int,
    ) -> Page[Delivery]:
        def matches(items: Sequence[Delivery]) -> list[bool]:
            expenses = of_company(self.expenses, company_id, [item.key.expense_id for item in items])
            return [is_meant(item) and finds(item, expenses) for item in items]

        def is_meant(item: Delivery) -> bool:
            return search.is_within(item.changed_at) and (backfill is None or is_of(backfill, item))

        def finds(item: Delivery, expenses: OwnExpenses) -> bool:
            expense = expenses.get(item.key.expense_id)
            about = [expense.merchant, expense.employee_name] if expense else []
            return search.finds([item.path, *about])

        def position_of(item: Delivery) -> Position:
            return self.deliveries.position_of(item, is_of_account=is_of_account)

        return search_through(SearchedList(read, matches, position_of), after, limit)


def is_of(backfill: Backfill, delivery: Delivery) -> bool:
    """Whether a backfill made it pending: accepted in the time it was asked for, and not pending before.

    What was accepted after it was asked for comes by itself.
    """
    is_asked_for = backfill.since <= delivery.accepted_at < backfill.requested_at
    return is_asked_for and delivery.since >= backfill.requested_at
