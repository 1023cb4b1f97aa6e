"""Opens the SDK's sessions, which by themselves look through the environment again for every request."""

from __future__ import annotations

import requests
from dropbox import create_session
from dropbox.session import API_HOST


def open_session(connections: int) -> requests.Session:
    """A session that keeps so many connections, with the environment's proxy and authorities as they are now.

    Looking them up took a sixth of a small download's processor time. No `.netrc` is read any more either:
    what it says of a host would go out in the place of the account's token.
    """
    session: requests.Session = create_session(max_connections=connections)
    found = session.merge_environment_settings(f"https://{API_HOST}", {}, None, None, None)
    session.proxies, session.verify, session.cert = found["proxies"], found["verify"], found["cert"]
    session.trust_env = False
    return session
