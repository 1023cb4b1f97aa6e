"""The host's settings page, the only place a browser is ever sent to from here."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit, urlunsplit


def with_parameter(page: str, name: str, value: str) -> str:
    """The page's URL with one more parameter, in the fragment: no server, log or referrer gets to see it.

    What the URL has of query and fragment stays.
    """
    parts = urlsplit(page)
    fragment = "&".join(filter(None, [parts.fragment, urlencode({name: value})]))
    return urlunsplit(parts._replace(fragment=fragment))
