"""The SDK's client, as far as it can be trusted with what Dropbox really answers.

It makes the requests and encodes their arguments. Statuses are judged before the SDK decodes a body with the
route's type, and answers are read as JSON: see `statuses` and `answers`.
"""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import requests
from dropbox import Dropbox
from dropbox.auth import AuthError as AuthErrorUnion
from dropbox.dropbox_client import RouteErrorResult
from dropbox.exceptions import AuthError
from stone.backends.python_rsrc.stone_base import Route, Struct
from stone.backends.python_rsrc.stone_serializers import json_encode

from shared.domain.errors import AppRefused, CallNotUnderstood, LinkRevoked
from shared.domain.links import LinkProblem
from shared.dropbox_api.answers import object_of, route_error
from shared.dropbox_api.refused_calls import OnRefusal, RefusedCall, nobody_is_told
from shared.dropbox_api.statuses import EXPIRED, Answer, error_of
from shared.dropbox_api.token_endpoint import GrantIsDead, request_token

DEFAULT_LIFETIME_SECONDS = 4 * 3600
_JSON = "application/json"


class DropboxClient(Dropbox):  # type: ignore[misc] # the SDK ships no types
    """Routes answer with JSON as it was sent, and raise RouteError for a 409 and errors of ours for the rest.

    Made once for an account and used by many threads: it refreshes once where all find a token expired.
    """

    def __init__(
        self,
        *,
        session: requests.Session,
        timeout: tuple[float, float],
        app_key: str | None = None,
        refresh_token: str | None = None,
        access_token: str | None = None,
        root_namespace_id: str | None = None,
        on_refusal: OnRefusal = nobody_is_told,
    ) -> None:
        super().__init__(
            # Goes with every call; without it, paths are below the account's own folder.
            headers=_rooted(root_namespace_id) if root_namespace_id else None,
            oauth2_access_token=access_token,
            oauth2_refresh_token=refresh_token,
            app_key=app_key,
            session=session,
            timeout=timeout,
            # Or it would sleep inside the function, on 429 for ever.
            max_retries_on_error=0,
            max_retries_on_rate_limit=0,
        )
        self._on_refusal = on_refusal
        self._refreshing = threading.RLock()
        self._sent = threading.local()

    def request(  # noqa: PLR0917 - the SDK's own signature
        self,
        route: Route,
        namespace: str,
        request_arg: Struct | None,
        request_binary: bytes | None,
        timeout: object = None,
        extra_headers: dict[str, str] | None = None,
    ) -> Any:  # noqa: ANN401 - JSON
        """Call a route. One that downloads answers with the response as well, which the caller closes."""
        self.check_and_refresh_access_token()
        style = route.attrs["style"] or "rpc"
        argument = self._maybe_add_content_hash(request_arg, request_binary)
        result = self.request_json_string_with_retry(
            route.attrs["host"] or "api",
            _name_of(route, namespace),
            style,
            json_encode(route.arg_type, argument),  # type: ignore[no-untyped-call] # Stone ships no types
            route.attrs["auth"],
            request_binary,
            timeout=timeout,
            extra_headers=extra_headers,
        )
        if isinstance(result, RouteErrorResult):
            raise route_error(result.obj_result)
        fields = object_of(result.obj_result)
        return (fields, result.http_resp) if style == "download" else fields

    def check_and_refresh_access_token(self) -> None:
        """Look at the expiry again once it is this thread's turn."""
        with self._refreshing:
            super().check_and_refresh_access_token()

    def request_json_string(self, *args: object, **kwargs: object) -> object:
        """Remember which token this thread's call goes out with."""
        self._sent.token = self._oauth2_access_token
        return super().request_json_string(*args, **kwargs)

    def refresh_access_token(self, *_args: object, **_kwargs: object) -> None:
        """Refresh, unless another thread has replaced the token this one found expired."""
        with self._refreshing:
            if self._oauth2_refresh_token and getattr(self._sent, "token", None) in {
                None,
                self._oauth2_access_token,
            }:
                self._refresh()

    def raise_dropbox_error_for_resp(self, res: requests.Response) -> None:
        """Raise for everything but success and 409, which is the route's own."""
        if res.ok:
            # The SDK takes no other type, not even with a charset; whether it is JSON shows in reading it.
            res.headers["content-type"] = _JSON
            return
        answer = Answer.of(res)
        if answer.status == HTTPStatus.CONFLICT:
            return
        if answer.status == HTTPStatus.UNAUTHORIZED and answer.tag == EXPIRED and self._oauth2_refresh_token:
            # What has the SDK refresh the token and try once more.
            raise AuthError("", AuthErrorUnion.expired_access_token)
        error = error_of(answer)
        if isinstance(error, CallNotUnderstood | AppRefused):
            self._on_refusal(RefusedCall.of(res))
        raise error

    def _refresh(self) -> None:
        form = {
            "grant_type": "refresh_token",
            "refresh_token": self._oauth2_refresh_token,
            "client_id": self._app_key,
        }
        try:
            fields = request_token(self._session, form, self._timeout, self._on_refusal)
        except GrantIsDead as dead:
            raise LinkRevoked(LinkProblem.TOKEN_REVOKED, str(dead)) from dead
        self._oauth2_access_token = fields["access_token"]
        lifetime = timedelta(seconds=_lifetime_in(fields))
        # The SDK compares it with a naive instant of UTC.
        self._oauth2_access_token_expiration = datetime.now(UTC).replace(tzinfo=None) + lifetime


def _rooted(namespace_id: str) -> dict[str, str]:
    """The header that has paths begin there: https://developers.dropbox.com/dbx-team-files-guide."""
    return {"Dropbox-API-Path-Root": json.dumps({".tag": "root", "root": namespace_id})}


def _name_of(route: Route, namespace: str) -> str:
    version = f"_v{route.version}" if route.version > 1 else ""
    return f"{namespace}/{route.name}{version}"


def _lifetime_in(fields: dict[str, Any]) -> int:
    lifetime = fields.get("expires_in")
    return lifetime if isinstance(lifetime, int) and lifetime > 0 else DEFAULT_LIFETIME_SECONDS
