"""Links a Dropbox account as the host's web app and a person's browser do."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import requests

from local.dropbox_emulator.account import Account
from local.host import Person
from local.world import World

TIMEOUT = 30


def link(world: World, person: Person, account: Account) -> requests.Response:
    """The answer of `POST /links/confirm`, after consent."""
    session = {"Authorization": f"Bearer {world.host.sign_in(person)}"}
    api = world.deployment.api_url
    started = requests.post(f"{api}/links", json={"purpose": "auto_import"}, headers=session, timeout=TIMEOUT)
    started.raise_for_status()
    back = world.dropbox.consent(started.json()["authorize_url"], account)
    redirect = requests.get(back, allow_redirects=False, timeout=TIMEOUT)
    landing = urlsplit(redirect.headers["Location"])
    assert f"{landing.scheme}://{landing.netloc}{landing.path}" == world.host.settings_url
    handle = parse_qs(landing.query)["handle"][0]
    return requests.post(f"{api}/links/confirm", json={"handle": handle}, headers=session, timeout=TIMEOUT)
