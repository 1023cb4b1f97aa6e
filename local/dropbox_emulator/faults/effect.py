"""What every effect is, and what it is given beside its call."""

from typing import Protocol

from aiohttp import web

from local.dropbox_emulator.api.calls import Call, Proceed
from local.dropbox_emulator.api.service import DropboxService
from local.dropbox_emulator.core.account import Account


class World(Protocol):
    """What effects need beside the call."""

    service: DropboxService

    async def stall(self, seconds: float | None) -> None:
        """Wait so long, or until the faults are cleared."""


class Effect(Protocol):
    """What happens to a call whose turn it is."""

    async def act(self, call: Call, proceed: Proceed, world: World, /) -> web.StreamResponse:
        """Answer the call in Dropbox's place, or let Dropbox answer and spoil it."""


def account_of(call: Call, world: World) -> Account:
    """The account of a call.

    Raises:
        HTTPInternalServerError: the call has none; the fault's author is told.

    """
    for account in world.service.accounts.values():
        if account.name == call.account:
            return account
    raise web.HTTPInternalServerError(text="this fault needs a call with a known token")
