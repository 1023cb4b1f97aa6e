"""In which language the API's sentences are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.http.host_session import locale_in
from shared.http.http_api import claims_of


def locale_of(event: Mapping[str, Any]) -> str:
    """That of `lang` in the query, or the session's: a page may speak another language than its user."""
    asked = (event.get("queryStringParameters") or {}).get("lang", "")
    session = locale_in(claims_of(event))
    return locale_in({"locale": asked}) if asked else session
