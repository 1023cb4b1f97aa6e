"""A `requests` session that leads the unmodified SDK to the emulator over plain http."""

from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter

DROPBOX_HOSTS = ("api.dropboxapi.com", "content.dropboxapi.com", "notify.dropboxapi.com", "www.dropbox.com")


class _ToEmulator(HTTPAdapter):
    def __init__(self, netloc: str, pool_size: int) -> None:
        super().__init__(pool_maxsize=pool_size)
        self._netloc = netloc

    def send(  # noqa: PLR0917 - the overridden signature
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        parts = urlsplit(str(request.url))
        request.url = urlunsplit(parts._replace(scheme="http", netloc=self._netloc))
        return super().send(request, stream, timeout, verify, cert, proxies)


def session_to(netloc: str, pool_size: int) -> requests.Session:
    """A session for `dropbox.Dropbox(session=…)` leading from Dropbox's hosts to `netloc` (host:port)."""
    session = requests.Session()
    session.trust_env = False
    for host in DROPBOX_HOSTS:
        session.mount(f"https://{host}/", _ToEmulator(netloc, pool_size))
    return session
