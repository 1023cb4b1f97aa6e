"""Authorization requests: the checks of `/oauth2/authorize` and where the user is sent afterwards."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit, urlunsplit

from local.dropbox_emulator.core.apps import App
from local.dropbox_emulator.oauth.grants import Authorizations, Consent

MAX_STATE_BYTES = 500
_CHALLENGE = re.compile(r"[A-Za-z0-9._~-]{43,128}")
_KNOWN_METHODS = ("S256", "plain")


class AuthorizationRefused(Exception):
    """The request is wrong: the user sees the message and is redirected nowhere."""


@dataclass(frozen=True)
class AuthorizationRequest:
    """A request that passed every check. Without `redirect_uri` the user is shown the code."""

    app: App
    scopes: frozenset[str]
    redirect_uri: str | None
    state: str | None
    code_challenge: str | None
    challenge_method: str
    is_offline: bool
    includes_granted: bool = False


def read_request(parameters: Mapping[str, str], apps: Mapping[str, App]) -> AuthorizationRequest:
    """Check the query of an authorize URL.

    Raises:
        AuthorizationRefused: with a sentence for the user and the app's developer.

    """
    app = apps.get(parameters.get("client_id", ""))
    if app is None:
        raise AuthorizationRefused("Invalid client_id: no such app is registered.")
    redirect_uri = parameters.get("redirect_uri")
    if redirect_uri is not None and redirect_uri not in app.redirect_uris:
        raise AuthorizationRefused("Invalid redirect_uri: it must exactly match one registered for the app.")
    if parameters.get("response_type") != "code":
        raise AuthorizationRefused('Invalid response_type: expected "code".')
    state = parameters.get("state")
    if state is not None and len(state.encode()) > MAX_STATE_BYTES:
        raise AuthorizationRefused(f"Invalid state: longer than {MAX_STATE_BYTES} bytes.")
    access_type = parameters.get("token_access_type", "online")
    if access_type not in {"online", "offline", "legacy"}:
        raise AuthorizationRefused("Invalid token_access_type: expected online or offline.")
    challenge, method = _read_challenge(parameters)
    return AuthorizationRequest(
        app=app,
        scopes=_read_scopes(parameters, app),
        redirect_uri=redirect_uri,
        state=state,
        code_challenge=challenge,
        challenge_method=method,
        is_offline=access_type == "offline",
        includes_granted=_includes_granted(parameters),
    )


def allow(
    request: AuthorizationRequest, account_id: str, authorizations: Authorizations
) -> tuple[str, str | None]:
    """The new code, and the URL that carries it back to the app (`None` without a redirect URI).

    Where the app asks for it, what its user has granted before is granted again.
    """
    granted = authorizations.granted_scopes(account_id, request.app.key) if request.includes_granted else ()
    code = authorizations.new_code(
        Consent(
            app_key=request.app.key,
            account_id=account_id,
            scopes=request.scopes.union(granted),
            redirect_uri=request.redirect_uri,
            code_challenge=request.code_challenge,
            challenge_method=request.challenge_method,
            is_offline=request.is_offline,
        )
    )
    return code, _redirect(request, {"code": code})


def deny(request: AuthorizationRequest) -> str | None:
    """The URL that tells the app that the user said no."""
    return _redirect(
        request,
        {
            "error": "access_denied",
            "error_description": "The user chose not to give your app access to their Dropbox account.",
        },
    )


def _includes_granted(parameters: Mapping[str, str]) -> bool:
    asked = parameters.get("include_granted_scopes", "")
    if asked not in {"", "user"}:
        raise AuthorizationRefused("Invalid include_granted_scopes: expected user.")
    return asked == "user"


def _read_scopes(parameters: Mapping[str, str], app: App) -> frozenset[str]:
    if "scope" not in parameters:
        return frozenset(app.scopes)
    scopes = frozenset(parameters["scope"].split())
    if not scopes or not scopes <= set(app.scopes):
        raise AuthorizationRefused("Invalid scope: it must be among the scopes registered for the app.")
    return scopes


def _read_challenge(parameters: Mapping[str, str]) -> tuple[str | None, str]:
    challenge = parameters.get("code_challenge")
    method = parameters.get("code_challenge_method", "plain")
    if challenge is None:
        if "code_challenge_method" in parameters:
            raise AuthorizationRefused("Invalid code_challenge: it is missing.")
        return None, method
    if method not in _KNOWN_METHODS:
        raise AuthorizationRefused("Invalid code_challenge_method: expected S256 or plain.")
    if not _CHALLENGE.fullmatch(challenge):
        raise AuthorizationRefused("Invalid code_challenge: expected 43 to 128 unreserved characters.")
    return challenge, method


def _redirect(request: AuthorizationRequest, parameters: dict[str, str]) -> str | None:
    if request.redirect_uri is None:
        return None
    if request.state is not None:
        parameters["state"] = request.state
    parts = urlsplit(request.redirect_uri)
    query = "&".join(part for part in (parts.query, urlencode(parameters)) if part)
    return urlunsplit(parts._replace(query=query))
