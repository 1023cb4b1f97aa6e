"""The emulator as tests and the local world use it: one object that starts, stops and is talked to."""

import ssl
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

import requests

from local.dropbox_emulator.api.calls import CallLog, Interceptor
from local.dropbox_emulator.api.cost_model import CostModel
from local.dropbox_emulator.api.jobs import BatchPolicy
from local.dropbox_emulator.api.listing import ListingPolicy
from local.dropbox_emulator.api.service import DropboxService
from local.dropbox_emulator.core.account import Account, Clock, Owner, TeamSpace
from local.dropbox_emulator.core.apps import DEFAULT_APPS, App
from local.dropbox_emulator.faults.fault import Faults
from local.dropbox_emulator.mirror.disk_mirror import DiskMirror, MirrorPolicy
from local.dropbox_emulator.oauth.authorize import deny, read_request
from local.dropbox_emulator.oauth.grants import Authorizations
from local.dropbox_emulator.server.certificates import server_context
from local.dropbox_emulator.server.client_session import session_to
from local.dropbox_emulator.server.http_server import HOST, Server
from local.dropbox_emulator.webhooks.sender import WebhookPolicy, WebhookSender


class DropboxEmulator:
    """A Dropbox on 127.0.0.1. Use it as a context manager, or `start` and `stop` it.

    `root`: directory that mirrors every account both ways, as ``root/<account>/…``; `None` mirrors nothing.
    `port`, `https_port`: 0 takes any free port; https is served only when `https_port` and `certificates`,
    the folder of the local CA, are given. `proxy_port` is for clients that cannot be told another host.
    `clock` gives seconds since the epoch; tests move it to expire tokens. `webhook_clock` measures when
    webhooks are sent and retried.
    """

    def __init__(
        self,
        root: Path | None = None,
        *,
        port: int = 0,
        https_port: int | None = None,
        proxy_port: int | None = None,
        certificates: Path | None = None,
        apps: Iterable[App] = DEFAULT_APPS,
        clock: Clock = time.time,
        batches: BatchPolicy | None = None,
        listings: ListingPolicy | None = None,
        webhook_policy: WebhookPolicy | None = None,
        webhook_clock: Clock = time.monotonic,
        mirror_policy: MirrorPolicy | None = None,
    ) -> None:
        if https_port is not None and certificates is None:
            raise ValueError("https needs a folder for its certificates")
        if proxy_port is not None and https_port is None:
            raise ValueError("the proxy leads to https, which is not served")
        self.calls = CallLog()
        self.ca_file: Path | None = None
        self._ports = (port, https_port)
        self._proxy_port = proxy_port
        self._certificates = certificates
        self._listening: list[int] = []
        self._service = DropboxService(apps, clock, batches or BatchPolicy(), listings or ListingPolicy())
        self._server = Server(self._service, self.calls)
        self.webhooks = WebhookSender(self._service.apps, webhook_policy or WebhookPolicy(), webhook_clock)
        self.webhooks.tamper = self.faults.of_webhook
        self._service.listener = self.webhooks.notify
        self._mirror = DiskMirror(root, mirror_policy or MirrorPolicy()) if root else None

    def start(self) -> None:
        """Listen.

        Raises:
            PortTaken: a port is in use; nothing is left running.

        """
        context: ssl.SSLContext | None = None
        if self._certificates is not None:
            context, self.ca_file = server_context(self._certificates)
        try:
            self._listening = self._server.start(*self._ports, context)
            if self._proxy_port is not None:
                self._proxy_port = self._server.start_proxy(self._proxy_port, self._listening[1])
        except BaseException:
            self.stop()
            raise
        if self._mirror:
            self._mirror.start()

    def stop(self) -> None:
        """Close every connection, end every thread, forget all contents. The mirror's files stay."""
        if self._mirror:
            self._mirror.stop()
        self.faults.clear()
        self._service.stop_waiting()
        self._server.stop()
        self.webhooks.stop()
        self._service.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Where API, content and web host are, without a slash at the end."""
        return f"http://{HOST}:{self._listening[0]}"

    @property
    def https_url(self) -> str:
        """The same over https; its clients must trust `ca_file`."""
        return f"https://{HOST}:{self._listening[1]}"

    @property
    def proxy_url(self) -> str:
        """The proxy that leads Dropbox's own host names to the https port: what ``HTTPS_PROXY`` is set to."""
        return f"http://{HOST}:{self._proxy_port}"

    @property
    def environment(self) -> dict[str, str]:
        """Environment variables that lead an unmodified Python SDK to the https port."""
        host = urlsplit(self.https_url).netloc
        names = ("API_HOST", "API_CONTENT_HOST", "API_NOTIFY_HOST", "WEB_HOST")
        return {f"DROPBOX_{name}": host for name in names} | {"REQUESTS_CA_BUNDLE": str(self.ca_file)}

    @property
    def apps(self) -> Mapping[str, App]:
        """The registered apps by key."""
        return self._service.apps

    @property
    def accounts(self) -> dict[str, Account]:
        """The accounts by short name."""
        return {account.name: account for account in self._service.accounts.values()}

    @property
    def authorizations(self) -> Authorizations:
        """Codes and tokens: expire, narrow or revoke them here."""
        return self._service.authorizations

    @property
    def batches(self) -> BatchPolicy:
        """When batches become jobs; may be changed at any time."""
        return self._service.jobs.policy

    @property
    def listings(self) -> ListingPolicy:
        """What listings look like; may be changed at any time."""
        return self._service.listings

    @property
    def faults(self) -> Faults:
        """What goes wrong: add faults here, and clear them."""
        return self._server.faults

    @property
    def costs(self) -> CostModel:
        """What calls cost in time; may be replaced at any time."""
        return self._server.costs.model

    @costs.setter
    def costs(self, model: CostModel) -> None:
        self._server.costs.model = model

    @property
    def interceptor(self) -> Interceptor:
        """What stands between every call and its answer; may be replaced at any time."""
        return self._server.interceptor

    @interceptor.setter
    def interceptor(self, interceptor: Interceptor) -> None:
        self._server.interceptor = interceptor

    def add_account(
        self,
        name: str,
        email: str | None = None,
        display_name: str | None = None,
        locale: str = "en",
        quota: int | None = None,
        *,
        team: TeamSpace | None = None,
    ) -> Account:
        """Open an account. `name` also names its directory in the mirror; `quota` is in bytes.

        `locale` names the folder above apps' folders; with `team` it is the account of a team's member.

        Raises:
            ValueError: the name is taken or could not be a directory's.

        """
        if (
            not name
            or not all(character.isalnum() or character in "-_." for character in name)
            or name[0] == "."
        ):
            raise ValueError("an account's name is made of letters, digits, '-', '_' and '.'")
        email, display_name = email or f"{name}@example.com", display_name or name.title()
        owner = Owner(name, email, display_name, locale, team=team)
        account = self._service.add_account(owner)
        account.quota = quota or owner.quota
        if self._mirror:
            self._mirror.add(account)
        return account

    def consent(self, authorize_url: str, account: Account, *, allow: bool = True) -> str:
        """Do what a click on the authorize page does; returns the URL the browser is redirected to.

        Raises:
            AuthorizationRefused: the page would show an error, or would redirect nowhere.

        """
        asked = read_request(dict(parse_qsl(urlsplit(authorize_url).query)), self._service.apps)
        url = self._server.pages.allow(asked, account)[1] if allow else deny(asked)
        if url is None:
            raise ValueError("the authorize URL has no redirect_uri")
        return url

    def link(self, app_key: str, account: Account, scopes: Iterable[str] | None = None) -> str:
        """Link an app to an account without the OAuth dance; returns the refresh token."""
        return self._service.link_directly(account, app_key, scopes)

    def add_redirect_uri(self, app_key: str, uri: str) -> None:
        """Register one more redirect URI for an app."""
        self._service.register(app_key, redirect_uri=uri)

    def register_webhook(self, app_key: str, url: str) -> None:
        """Verify a webhook by its challenge and register it.

        Raises:
            WebhookRefused: it did not echo the challenge.

        """
        self.webhooks.verify(url)
        self._service.register(app_key, webhook=url)

    def session(self, pool_size: int = 32) -> requests.Session:
        """A session for `dropbox.Dropbox(session=…)` that leads to this emulator over plain http."""
        return session_to(urlsplit(self.url).netloc, pool_size)
