"""Wires what has documents sent again."""

from __future__ import annotations

from functions.page_api.composition import Composition
from functions.page_api.resends.request_resend import ListResends, RequestResend
from shared.aws.stores.employee_folders import EmployeeFolders
from shared.aws.stores.resend_store import ResendStore


class ResendUseCases:
    """Built once for each composition."""

    def __init__(self, common: Composition) -> None:
        settings, links, clock = common.settings, common.links, common.clock
        resends = ResendStore(
            settings.deliveries_table, settings.audit_trail_table, audit_kept_for=settings.audit_kept_for
        )
        find_folder = EmployeeFolders(settings.employee_folders_table).find_folder
        self.list_resends = ListResends(links, resends)
        self.request_resend = RequestResend(
            links, resends, common.deliveries, find_folder, common.ring, clock
        )
