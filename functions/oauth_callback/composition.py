"""Wires the steps of linking: the one place that knows which adapter stands behind which protocol."""

from __future__ import annotations

from collections.abc import Callable

import requests

from functions.oauth_callback.confirm_link import ConfirmLink
from functions.oauth_callback.dropbox_apps import (
    AUTO_IMPORT_SCOPES,
    SYNCHRONISATION_SCOPES,
    DropboxApp,
)
from functions.oauth_callback.receive_redirect import ReceiveRedirect
from functions.oauth_callback.start_link import StartLink
from shared.aws.host.company_directory import CompanyDirectory
from shared.aws.queues.doorbell_queue import DoorbellQueue
from shared.aws.stores.link_attempt_store import LinkAttemptStore
from shared.aws.stores.link_store import LinkStore
from shared.aws.stores.request_counts import RequestCounts
from shared.aws.stores.revocation_store import RevocationStore
from shared.aws.token_cipher import TokenCipher
from shared.config.oauth_callback import OauthSettings
from shared.domain.folders import AUTO_IMPORT_FOLDER, SYNCHRONISATION_FOLDER
from shared.domain.links import Purpose
from shared.domain.timestamps import Clock, utc_now
from shared.dropbox_api.gateway import DropboxAccount
from shared.dropbox_api.oauth import DropboxOauth
from shared.dropbox_api.refused_calls import OnRefusal, nobody_is_told
from shared.dropbox_api.revoking import TokenRevoker
from shared.http.request_limits import CheckLimit


class Composition:
    """What is built once for each execution environment; tests give another way out and another clock."""

    def __init__(
        self,
        settings: OauthSettings,
        callback_url: str,
        *,
        session: requests.Session | None = None,
        clock: Clock = utc_now,
        on_refusal: OnRefusal = nobody_is_told,
    ) -> None:
        attempts = LinkAttemptStore(
            settings.link_attempts_table, settings.audit_trail_table, audit_kept_for=settings.audit_kept_for
        )
        cipher = TokenCipher(settings.tokens_key_id)
        apps = {
            Purpose.AUTO_IMPORT: _auto_import_app(settings, callback_url, session, on_refusal),
            Purpose.SYNCHRONISATION: _synchronisation_app(settings, callback_url, session, on_refusal),
        }
        self.check_limit = CheckLimit(RequestCounts(settings.link_attempts_table).count, clock)
        self.host_settings_url = settings.host_settings_url
        links = LinkStore(settings.links_table)
        find_company = CompanyDirectory(settings.companies_table).get
        self.start_link = StartLink(attempts, links.get, apps, find_company, clock)
        self.receive_redirect = ReceiveRedirect(attempts, cipher, clock)
        self.confirm_link = ConfirmLink(
            attempts=attempts,
            links=links,
            cipher=cipher,
            apps=apps,
            revocations=RevocationStore(settings.links_table),
            now=clock,
        )


def _auto_import_app(
    settings: OauthSettings, callback_url: str, session: requests.Session | None, on_refusal: OnRefusal
) -> DropboxApp:
    app_key = settings.auto_import_app_key
    return DropboxApp(
        scopes=AUTO_IMPORT_SCOPES,
        folder=AUTO_IMPORT_FOLDER,
        oauth=_oauth(settings, app_key, callback_url, session, on_refusal),
        open_account=_opener(app_key, session, on_refusal),
        revoke=TokenRevoker(app_key, session, on_refusal=on_refusal).revoke,
        ring=DoorbellQueue(settings.import_queue_url).ring,
    )


def _synchronisation_app(
    settings: OauthSettings, callback_url: str, session: requests.Session | None, on_refusal: OnRefusal
) -> DropboxApp:
    app_key = settings.synchronisation_app_key
    return DropboxApp(
        scopes=SYNCHRONISATION_SCOPES,
        folder=SYNCHRONISATION_FOLDER,
        oauth=_oauth(settings, app_key, callback_url, session, on_refusal),
        open_account=_opener(app_key, session, on_refusal),
        revoke=TokenRevoker(app_key, session, on_refusal=on_refusal).revoke,
        ring=DoorbellQueue(settings.sync_queue_url).ring,
    )


def _oauth(
    settings: OauthSettings,
    app_key: str,
    callback_url: str,
    session: requests.Session | None,
    on_refusal: OnRefusal,
) -> DropboxOauth:
    return DropboxOauth(
        app_key=app_key,
        authorize_url=settings.dropbox_authorize_url,
        callback_url=callback_url,
        session=session,
        on_refusal=on_refusal,
    )


def _opener(
    app_key: str, session: requests.Session | None, on_refusal: OnRefusal
) -> Callable[[str], DropboxAccount]:
    def open_account(refresh_token: str) -> DropboxAccount:
        return DropboxAccount(
            app_key=app_key, refresh_token=refresh_token, session=session, on_refusal=on_refusal
        )

    return open_account
