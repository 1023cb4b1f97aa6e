"""Wires what is done with deliveries."""

from __future__ import annotations

from functions.page_api.composition import Composition
from functions.page_api.deliveries.list_deliveries import ListDeliveries
from functions.page_api.deliveries.retry_deliveries import RetryDeliveries
from shared.aws.host.expense_reader import ExpenseReader
from shared.aws.stores.delivery_history import DeliveryHistory


class DeliveryUseCases:
    """Built once for each composition."""

    def __init__(self, common: Composition) -> None:
        deliveries = DeliveryHistory(common.settings.deliveries_table)
        expenses = ExpenseReader(common.settings.expenses_table)
        self.list_deliveries = ListDeliveries(common.links, deliveries, expenses)
        self.retry_deliveries = RetryDeliveries(common.links, deliveries, common.ring, common.clock)
