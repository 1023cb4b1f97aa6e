"""Links a Dropbox account the way a person does: start, consent at Dropbox, come back, confirm."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import requests

from local.dropbox_emulator.core.account import Account
from local.errors import LocalError
from local.host import Person
from local.world import World

_TIMEOUT_SECONDS = 30


def link_dropbox(
    world: World,
    person: Person,
    account: Account,
    purpose: str = "auto_import",
    *,
    since: str | None = None,
) -> None:
    """Link `account` for a person signed in at the host; `since` is the start date of a synchronisation.

    Raises LocalError naming the step that failed.
    """
    session = {"Authorization": f"Bearer {world.host.sign_in(person)}"}
    api = world.deployment.api_url
    request = {"purpose": purpose} | ({} if since is None else {"since": since})
    started = requests.post(f"{api}/links", json=request, headers=session, timeout=_TIMEOUT_SECONDS)
    _require(started, 201, "starting the link")
    callback = world.dropbox.consent(started.json()["authorize_url"], account)
    redirect = requests.get(callback, allow_redirects=False, timeout=_TIMEOUT_SECONDS)
    _require(redirect, 303, "returning from Dropbox")
    landing = parse_qs(urlsplit(redirect.headers["Location"]).fragment)
    if "handle" not in landing:
        raise LocalError(f"Linking failed on the way back: {landing.get('error', ['no handle'])[0]}.")
    confirmed = requests.post(
        f"{api}/links/confirm",
        json={"handle": landing["handle"][0]},
        headers=session,
        timeout=_TIMEOUT_SECONDS,
    )
    _require(confirmed, 200, "confirming the link")


def _require(response: requests.Response, status: int, step: str) -> None:
    if response.status_code != status:
        raise LocalError(f"Linking failed at {step}: status {response.status_code}.")
