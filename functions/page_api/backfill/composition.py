"""Wires what delivers documents of before."""

from __future__ import annotations

from functions.page_api.backfill.count_backfill import CountBackfill
from functions.page_api.backfill.start_backfill import StartBackfill
from functions.page_api.composition import Composition
from shared.aws.host.company_directory import CompanyDirectory


class BackfillUseCases:
    """Built once for each composition."""

    def __init__(self, common: Composition) -> None:
        find_company = CompanyDirectory(common.settings.companies_table).get
        self.count_backfill = CountBackfill(common.expenses, find_company, common.clock)
        self.start_backfill = StartBackfill(common.links, common.ring, find_company, common.clock)
