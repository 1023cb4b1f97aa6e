"""Wires what is done with links."""

from __future__ import annotations

from functions.page_api.composition import Composition
from functions.page_api.links.choose_space import ChooseSpace
from functions.page_api.links.show_links import ShowLinks
from functions.page_api.links.take_over import TakeOver
from functions.page_api.links.unlink import Unlink


class LinkUseCases:
    """Built once for each composition."""

    def __init__(self, common: Composition) -> None:
        links, clock = common.links, common.clock
        self.app_name = common.settings.auto_import_app_name
        self.show_links = ShowLinks(links, common.imports, common.deliveries, common.expenses, clock)
        self.unlink = Unlink(links, clock)
        self.take_over = TakeOver(links, common.ring, clock)
        self.choose_space = ChooseSpace(links, common.ring, clock)
