"""What callers prove themselves with: bearer tokens of users, key and secret of apps."""

import base64
import binascii
import hmac
from collections.abc import Mapping

from local.dropbox_emulator.core.apps import App
from local.dropbox_emulator.core.refusals import BadRequest


def bearer(authorization: str | None) -> str | None:
    """The access token in an ``Authorization`` header, if it is of that kind."""
    kind, _, text = (authorization or "").partition(" ")
    return text.strip() if kind.lower() == "bearer" else None


def check_bearer(authorization: str | None) -> None:
    """Let through any bearer token: a malformed one, too, is answered by a 401.

    Raises:
        BadRequest: nothing, or another kind. The value is not repeated.

    """
    if not authorization:
        raise BadRequest('Must provide HTTP header "Authorization" or URL parameter "authorization".')
    token = bearer(authorization)
    if not token:
        kind = authorization.split(maxsplit=1)[0] if authorization.strip() else ""
        raise BadRequest(
            f'Invalid authorization value in HTTP header "Authorization": "{kind[:10]}".'
            '  Expecting "Bearer <oauth2-access-token>".'
        )


def check_app(authorization: str | None, apps: Mapping[str, App]) -> App:
    """The app that calls in its own name.

    Raises:
        BadRequest: no or wrong key and secret.

    """
    key, secret = basic(authorization) or ("", None)
    app = apps.get(key)
    if app is None or not is_equal(secret, app.secret):
        raise BadRequest(
            'Invalid authorization value in HTTP header "Authorization".'
            '  Expecting "Basic <base64(APP_KEY:APP_SECRET)>" of a registered app.'
        )
    return app


def basic(authorization: str | None) -> tuple[str, str | None] | None:
    """Name and password of HTTP Basic authorization; `None` when there is none of that kind."""
    kind, _, value = (authorization or "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        key, _, secret = base64.b64decode(value).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", None
    return key, secret


def is_equal(given: str | None, expected: str) -> bool:
    """Whether a secret is the right one; takes the same time either way."""
    return given is not None and hmac.compare_digest(given.encode(), expected.encode())
