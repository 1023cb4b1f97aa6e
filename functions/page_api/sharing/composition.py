"""Wires what shares folders."""

from __future__ import annotations

from functions.page_api.composition import Composition
from functions.page_api.sharing.request_change import RequestChange
from functions.page_api.sharing.show_sharing import LookAtSharing, ShowSharing
from shared.aws.stores.sharing_store import SharingStore


class SharingUseCases:
    """Built once for each composition."""

    def __init__(self, common: Composition) -> None:
        links, ring, clock = common.links, common.ring, common.clock
        sharings = SharingStore(common.settings.deliveries_table)
        self.show_sharing = ShowSharing(links, sharings, clock)
        self.look_at_sharing = LookAtSharing(links, sharings, self.show_sharing, ring, clock)
        self.change_sharing = RequestChange(links, sharings, self.show_sharing, ring, clock)
