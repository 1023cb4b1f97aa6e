"""Wires what is done with links."""

from __future__ import annotations

from functions.page_api.composition import Composition
from functions.page_api.links.choose_space import ChooseSpace
from functions.page_api.links.show_links import ShowLinks
from functions.page_api.links.take_over import TakeOver
from functions.page_api.links.unlink import Unlink
from shared.aws.host.expense_reader import ExpenseReader
from shared.aws.stores.delivery_history import DeliveryHistory
from shared.aws.stores.import_history import ImportHistory


class LinkUseCases:
    """Built once for each composition."""

    def __init__(self, common: Composition) -> None:
        settings, links, clock = common.settings, common.links, common.clock
        imports = ImportHistory(
            import_records_table=settings.import_records_table,
            waiting_files_table=settings.waiting_files_table,
            reservations_table=settings.reservations_table,
            reading_jobs_table=settings.reading_jobs_table,
        )
        deliveries, expenses = (
            DeliveryHistory(settings.deliveries_table),
            ExpenseReader(settings.expenses_table),
        )
        self.app_name = settings.auto_import_app_name
        self.show_links = ShowLinks(links, imports, deliveries, expenses, clock)
        self.unlink = Unlink(links, clock)
        self.take_over = TakeOver(links, common.ring, clock)
        self.choose_space = ChooseSpace(links, common.ring, clock)
