"""Wires what chooses how documents are filed."""

from __future__ import annotations

from functions.page_api.composition import Composition
from functions.page_api.filing.choose_filing import ChooseFiling, TryFiling
from shared.aws.stores.sharing_store import SharingStore


class FilingUseCases:
    """Built once for each composition."""

    def __init__(self, common: Composition) -> None:
        sharings = SharingStore(common.settings.deliveries_table)
        self.try_filing = TryFiling(common.links, sharings)
        self.choose_filing = ChooseFiling(common.links, self.try_filing, common.ring, common.clock)
