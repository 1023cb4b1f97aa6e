"""Effects on a call's account, just before the call or just after it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web

from local.dropbox_emulator.api.calls import Call, Proceed
from local.dropbox_emulator.faults.effect import World, account_of


@dataclass(frozen=True)
class ExpireTokens:
    """The account's access tokens expire just before the call; refreshing helps."""

    async def act(self, call: Call, proceed: Proceed, world: World, /) -> web.StreamResponse:
        """Expire, and proceed."""
        world.service.authorizations.expire_access_tokens(account_of(call, world).id)
        return await proceed()


@dataclass(frozen=True)
class RevokeTokens:
    """The user removes the app just before the call; only linking again helps."""

    async def act(self, call: Call, proceed: Proceed, world: World, /) -> web.StreamResponse:
        """Revoke, and proceed."""
        world.service.authorizations.revoke(account_of(call, world).id, call.app_key)
        return await proceed()


@dataclass(frozen=True)
class SuspendUser:
    """Dropbox suspends the account just before the call, or with ``suspended=False`` lets it in again."""

    suspended: bool = True

    async def act(self, call: Call, proceed: Proceed, world: World, /) -> web.StreamResponse:
        """Suspend, and proceed."""
        account_of(call, world).is_suspended = self.suspended
        return await proceed()


@dataclass(frozen=True)
class SetQuota:
    """The account's quota becomes so many bytes just before the call."""

    quota: int

    async def act(self, call: Call, proceed: Proceed, world: World, /) -> web.StreamResponse:
        """Set, and proceed."""
        account_of(call, world).quota = self.quota
        return await proceed()


@dataclass(frozen=True)
class Meanwhile:
    """Something else happens just before the call takes effect or, with `took_effect`, just after it."""

    action: Callable[[], object] = field(repr=False)
    took_effect: bool = False

    async def act(self, _call: Call, proceed: Proceed, _world: World, /) -> web.StreamResponse:
        """Do it in a thread, as it may wait for an account's lock."""
        if not self.took_effect:
            await asyncio.to_thread(self.action)
        answer = await proceed()
        if self.took_effect:
            await asyncio.to_thread(self.action)
        return answer
