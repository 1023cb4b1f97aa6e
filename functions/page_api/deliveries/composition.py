"""Wires what is done with deliveries."""

from __future__ import annotations

from functions.page_api.composition import Composition
from functions.page_api.deliveries.list_deliveries import ListDeliveries
from functions.page_api.deliveries.retry_deliveries import RetryDeliveries


class DeliveryUseCases:
    """Built once for each composition."""

    def __init__(self, common: Composition) -> None:
        deliveries, expenses = common.deliveries, common.expenses
        self.list_deliveries = ListDeliveries(common.links, deliveries, expenses)
        self.retry_deliveries = RetryDeliveries(common.links, deliveries, common.ring, common.clock)
