"""What a route's implementation is given, and where implementations are registered."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from local.dropbox_emulator.api.jobs import Jobs
from local.dropbox_emulator.api.listing import ListingPolicy
from local.dropbox_emulator.core.account import Account
from local.dropbox_emulator.core.apps import Access, App
from local.dropbox_emulator.core.contents import Content
from local.dropbox_emulator.core.shared_folders import SharedFolders
from local.dropbox_emulator.core.upload_sessions import UploadSessions
from local.dropbox_emulator.core.view import View
from local.dropbox_emulator.oauth.grants import AccessToken, Authorizations

ForApps = TypeVar("ForApps", bound=Callable[[App, Any], Any])
Open = TypeVar("Open", bound=Callable[[Any, Any], Awaitable[Any]])


@dataclass(frozen=True)
class Caller:
    """Who calls, on what. `body` is what an upload-style route received, already stored.

    `accounts`: everybody's, by account id.
    """

    account: Account
    view: View
    token: AccessToken
    authorizations: Authorizations
    jobs: Jobs
    uploads: UploadSessions
    listings: ListingPolicy
    accounts: Mapping[str, Account]
    shared_folders: SharedFolders
    body: Content | None = None

    @property
    def app_access(self) -> Access:
        """What the calling app may see of an account."""
        return self.view.app.access

    @property
    def app_key(self) -> str:
        """The key of the app that calls."""
        return self.token.grant.app_key

    @contextmanager
    def locked(self) -> Iterator[View]:
        """The caller's view, with the account locked."""
        with self.account.lock:
            yield self.view


@dataclass(frozen=True)
class Download:
    """The result of a download-style route: what the header says, where the bytes lie, and their `rev`."""

    result: Any
    path: Path
    rev: str | None = None


Implementation = Callable[[Caller, Any], Any]
IMPLEMENTATIONS: dict[str, Implementation] = {}
COMMITTING: set[str] = set()
APP_IMPLEMENTATIONS: dict[str, Callable[[App, Any], Any]] = {}
OPEN_IMPLEMENTATIONS: dict[str, Callable[[Any, Any], Awaitable[Any]]] = {}


def implements(name: str, *, commits: bool = False) -> Callable[[Implementation], Implementation]:
    """Register the implementation of a route. It takes and returns the route's own Stone types.

    `commits`: it changes the account's files, which takes the account's write lock.
    """

    def register(implementation: Implementation) -> Implementation:
        IMPLEMENTATIONS[name] = implementation
        if commits:
            COMMITTING.add(name)
        return implementation

    return register


def implements_for_apps(name: str) -> Callable[[ForApps], ForApps]:
    """Register the implementation of a route that apps call in their own name."""

    def register(implementation: ForApps) -> ForApps:
        APP_IMPLEMENTATIONS[name] = implementation
        return implementation

    return register


def implements_openly(name: str) -> Callable[[Open], Open]:
    """Register the implementation of a route without authorisation: a coroutine of service and argument."""

    def register(implementation: Open) -> Open:
        OPEN_IMPLEMENTATIONS[name] = implementation
        return implementation

    return register
