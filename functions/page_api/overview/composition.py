"""Wires what administrators see of their company."""

from __future__ import annotations

from functions.page_api.composition import Composition
from functions.page_api.overview.count_months import CountMonths
from functions.page_api.overview.show_company_links import ShowCompanyLinks
from shared.aws.host.user_directory import UserDirectory
from shared.aws.stores.activity_store import ActivityStore
from shared.aws.stores.company_links import CompanyLinks


class OverviewUseCases:
    """Built once for each composition."""

    def __init__(self, common: Composition) -> None:
        settings = common.settings
        find_users = UserDirectory(settings.users_table).get_many
        activity = ActivityStore(settings.reading_jobs_table, settings.deliveries_table)
        self.show_company_links = ShowCompanyLinks(CompanyLinks(settings.links_table), find_users)
        self.count_months = CountMonths(activity, common.clock)
