"""The emulated Dropbox without its HTTP: accounts, apps, what links them, and who hears of a change."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace

from dropbox import auth

from local.dropbox_emulator.api.jobs import BatchPolicy, Jobs
from local.dropbox_emulator.api.listing import ListingPolicy
from local.dropbox_emulator.api.registry import Caller
from local.dropbox_emulator.core.account import Account, Clock, Owner
from local.dropbox_emulator.core.apps import Access, App
from local.dropbox_emulator.core.contents import Content, ContentStore
from local.dropbox_emulator.core.refusals import AuthRefused, BadRequest
from local.dropbox_emulator.core.shared_folders import SharedFolders
from local.dropbox_emulator.core.upload_sessions import UploadSessions
from local.dropbox_emulator.core.view import View
from local.dropbox_emulator.core.wakeups import Wakeups
from local.dropbox_emulator.oauth.credentials import bearer
from local.dropbox_emulator.oauth.grants import AccessToken, Authorizations, Consent

_LACKS_SCOPE = (
    "Your app is not permitted to access this endpoint because it does not have the required scope '{}'. "
    "The owner of the app can enable the scope for the app using the Permissions tab on the App Console."
)
ChangeListener = Callable[[str, Account], None]


class DropboxService:
    """State shared by HTTP server, disk mirror and webhooks. `listener` is told of changes an app can see."""

    def __init__(
        self, apps: Iterable[App], clock: Clock, batches: BatchPolicy, listings: ListingPolicy
    ) -> None:
        self.apps = {app.key: app for app in apps}
        self.accounts: dict[str, Account] = {}
        self.authorizations = Authorizations(clock)
        self.contents = ContentStore()
        self.jobs = Jobs(batches)
        self.listings = listings
        self.uploads = UploadSessions(self.contents, clock)
        self.shared_folders = SharedFolders()
        self.changes = Wakeups()
        self.is_stopping = False
        self.listener: ChangeListener = lambda _app_key, _account: None
        self._clock = clock
        self._views: dict[tuple[str, str, bool], View] = {}
        self._lock = threading.Lock()

    def add_account(self, owner: Owner) -> Account:
        """Open an account; names are unique."""
        if any(owner.name == account.name for account in self.accounts.values()):
            raise ValueError(f"there is already an account named {owner.name}")
        account = Account(owner, self.contents, self._clock, self._changed)
        self.accounts[account.id] = account
        return account

    def register(self, app_key: str, *, redirect_uri: str | None = None, webhook: str | None = None) -> None:
        """Add a redirect URI to an app, or set its webhook."""
        app = self.apps[app_key]
        uris = app.redirect_uris
        if redirect_uri is not None and redirect_uri not in uris:
            uris = (*uris, redirect_uri)
        self.apps[app_key] = replace(app, redirect_uris=uris, webhook_url=webhook or app.webhook_url)

    def view(self, account: Account, app_key: str, *, in_team_space: bool = False) -> View:
        """An app's window on an account, the same one every time."""
        with self._lock:
            key = (account.id, app_key, in_team_space)
            if key not in self._views:
                self._views[key] = View(account, self.apps[app_key], in_team_space=in_team_space)
            return self._views[key]

    def link(self, account: Account, app_key: str) -> None:
        """What happens to an account when its user allows an app: an app folder appears."""
        if self.apps[app_key].access is Access.APP_FOLDER:
            with account.lock:
                self.view(account, app_key).make_root()

    def link_directly(self, account: Account, app_key: str, scopes: Iterable[str] | None) -> str:
        """Link without a browser; returns the refresh token."""
        app = self.apps[app_key]
        allowed = frozenset(app.scopes if scopes is None else scopes)
        self.link(account, app_key)
        code = self.authorizations.new_code(
            Consent(app_key, account.id, allowed, None, None, "S256", is_offline=True)
        )
        grant, _ = self.authorizations.redeem(app_key, code, None, None, has_secret=True)
        return str(grant.refresh_token)

    def token_of(self, authorization: str | None) -> AccessToken | None:
        """The live or expired token of an ``Authorization`` header, if we gave it."""
        token = bearer(authorization)
        return self.authorizations.find(token) if token else None

    def admit(self, token: AccessToken | None, scope: str | None, body: Content | None) -> Caller:
        """Let a call through.

        Raises:
            AuthRefused: bad or expired token, suspended user, or a scope the token lacks.
            BadRequest: a scope that the app itself lacks in the console.

        """
        if token is None:
            raise AuthRefused(auth.AuthError.invalid_access_token)
        if scope is not None and scope not in self.apps[token.grant.app_key].scopes:
            raise BadRequest(lacks_scope(scope))
        account = self.accounts[token.grant.account_id]
        if account.is_suspended:
            raise AuthRefused(auth.AuthError.user_suspended)
        if self.authorizations.is_expired(token):
            raise AuthRefused(auth.AuthError.expired_access_token)
        if scope is not None and scope not in token.scopes:
            raise AuthRefused(auth.AuthError.missing_scope(auth.TokenScopeError(required_scope=scope)))
        return Caller(
            account=account,
            view=self.view(account, token.grant.app_key),
            token=token,
            authorizations=self.authorizations,
            jobs=self.jobs,
            uploads=self.uploads,
            listings=self.listings,
            accounts=self.accounts,
            shared_folders=self.shared_folders,
            body=body,
        )

    def stop_waiting(self) -> None:
        """Answer those who wait for changes."""
        self.is_stopping = True
        self.changes.wake_all()

    def close(self) -> None:
        """Delete all contents."""
        self.contents.close()

    def _changed(self, account: Account, key: str) -> None:
        """Called under the account's lock for every change, with its folded path."""
        self.changes.wake_all()
        for app_key in self.authorizations.linked_apps(account.id):
            if self.apps[app_key].webhook_url and self.view(account, app_key).shows(key):
                self.listener(app_key, account)


def lacks_scope(scope: str) -> str:
    """The sentence for a scope that nobody has ticked, or somebody unticked, in the app's console."""
    return _LACKS_SCOPE.format(scope)
