"""The deliveries of the caller's company, the last changed first, with what their expenses have become."""

from __future__ import annotations

from dataclasses import dataclass

from functions.page_api.cursors import position_cursor, position_in
from functions.page_api.imports.present_expenses import OwnExpenses, of_company
from functions.page_api.own_links import find_link
from functions.page_api.ports import Deliveries, Expenses
from shared.domain.deliveries import Delivery, DeliveryStatus
from shared.domain.links import Purpose
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


@dataclass(frozen=True, slots=True)
class ListDeliveries:
    """Called with a session, what of the list is wanted, and where to go on."""

    links: Links
    deliveries: Deliveries
    expenses: Expenses

    def __call__(
        self, session: HostSession, *, status: DeliveryStatus | None, cursor: str | None, limit: int
    ) -> ListedDeliveries:
        """Raises RequestRefused (not_administrator, invalid_cursor), AwsUnavailable."""
        link = find_link(self.links, session, Purpose.SYNCHRONISATION)
        account_id = link.account_id if link else None
        company_id = session.company_id
        of_list = ("deliveries", company_id, account_id, status)
        after = position_in(of_list, cursor)
        if account_id is None:
            return ListedDeliveries((), {}, None)
        if status in _OF_ACCOUNT and status is not None:
            page = self.deliveries.of_account(company_id, account_id, status=status, after=after, limit=limit)
        else:
            page = self.deliveries.all(company_id, status=status, after=after, limit=limit)
        expenses = of_company(self.expenses, company_id, [item.key.expense_id for item in page.items])
        return ListedDeliveries(page.items, expenses, position_cursor(of_list, page.after))
