"""The Dropbox apps we have: one per purpose, each with its own key, scopes and queue."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from shared.domain.grants import AccountOwner, Grant
from shared.domain.links import Purpose
from shared.ports import Ring

# Moving a file needs both of files.content; creating a folder needs its write.
# https://github.com/dropbox/dropbox-api-spec, the routes' `scope` attributes.
AUTO_IMPORT_SCOPES = (
    "account_info.read",
    "files.metadata.read",
    "files.content.read",
    "files.content.write",
)
# It only ever writes; what it reads is where a file of its own lies.
SYNCHRONISATION_SCOPES = ("account_info.read", "files.metadata.read", "files.content.write")

# Asked for when the company's folder is first shared, and not before.
SHARING_SCOPES = ("sharing.read", "sharing.write")


class Oauth(Protocol):
    """An app's side of the OAuth handshake: see `shared.dropbox_api.oauth`."""

    def authorize_url(
        self,
        *,
        state: str,
        code_verifier: str,
        scopes: Sequence[str],
        locale: str,
        keeps_granted: bool = False,
    ) -> str:
        """Where to send the browser; with `keeps_granted`, what was granted before is granted again."""

    def exchange(self, *, code: str, code_verifier: str) -> Grant:
        """Spend a code."""

    def owner(self, grant: Grant) -> AccountOwner:
        """The account behind a grant."""


class Account(Protocol):
    """A linked Dropbox account: see `shared.dropbox_api.gateway`."""

    def ensure_folder(self, path: str) -> None:
        """Create a folder unless it is there."""


@dataclass(frozen=True, slots=True)
class DropboxApp:
    """One app, and what a new link of it starts with: its folder and its first doorbell.

    `revoke` has Dropbox kill a refresh token: see `shared.dropbox_api.revoking`.
    """

    scopes: tuple[str, ...]
    folder: str
    oauth: Oauth
    open_account: Callable[[str], Account]
    revoke: Callable[[str], None]
    ring: Ring


Apps = Mapping[Purpose, DropboxApp]
