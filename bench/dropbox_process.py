"""The Dropbox emulator in a process of its own, so that what it costs can be told apart.

`python -m bench.dropbox_process CERTIFICATES`, and then one request a line: see `_answer`.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiohttp import web

from bench.processes import say
from local.dropbox_emulator import AUTO_IMPORT_APP, Account, Call, DropboxEmulator, Proceed
from shared.dropbox_oauth import DropboxOauth

AUTO_IMPORT = "/Apps/Jenji/Auto-Import"
CALLBACK_URL = "https://api.jenji.example/oauth/callback"
SCOPES = [
    "account_info.read",
    "files.metadata.read",
    "files.metadata.write",
    "files.content.read",
    "files.content.write",
]


class Latency:
    """An interceptor: every call takes so many seconds longer."""

    def __init__(self) -> None:
        self.seconds = 0.0

    async def __call__(self, _call: Call, proceed: Proceed, /) -> web.StreamResponse:
        """Answer a call, later."""
        await asyncio.sleep(self.seconds)
        return await proceed()


def main() -> None:
    """Serve until standard input ends."""
    with DropboxEmulator(https_port=0, certificates=Path(sys.argv[1])) as emulator:
        latency = emulator.interceptor = Latency()
        say(port=urlsplit(emulator.https_url).port, ca_file=str(emulator.ca_file))
        for line in sys.stdin:
            say(**_answer(emulator, latency, json.loads(line)))


def _answer(emulator: DropboxEmulator, latency: Latency, request: dict[str, Any]) -> dict[str, Any]:
    """`open`: a new account holding a folder's files. `latency`: seconds. `count`: calls since the last."""
    if "open" in request:
        return _open_account(emulator, request["open"], Path(request["documents"]))
    if "latency" in request:
        latency.seconds = float(request["latency"])
        return {}
    calls = Counter(record.route for record in emulator.calls.records())
    emulator.calls.clear()
    return {"calls": dict(calls)}


def _open_account(emulator: DropboxEmulator, name: str, documents: Path) -> dict[str, Any]:
    account = emulator.add_account(name)
    token = refresh_token(emulator, account)
    account.make_folder(AUTO_IMPORT)
    for document in sorted(documents.iterdir()):
        account.write(f"{AUTO_IMPORT}/{document.name}", document.read_bytes())
    return {"account_id": account.id, "refresh_token": token}


def refresh_token(emulator: DropboxEmulator, account: Account) -> str:
    """As a user's consent gives it: with PKCE, so that no secret is needed to use it."""
    emulator.add_redirect_uri(AUTO_IMPORT_APP.key, CALLBACK_URL)
    oauth = DropboxOauth(
        app_key=AUTO_IMPORT_APP.key,
        authorize_url=f"{emulator.url}/oauth2/authorize",
        callback_url=CALLBACK_URL,
        session=emulator.session(),
    )
    verifier = "v" * 43
    url = oauth.authorize_url(state="s", code_verifier=verifier, scopes=SCOPES, locale="en")
    code = parse_qs(urlsplit(emulator.consent(url, account)).query)["code"][0]
    return oauth.exchange(code=code, code_verifier=verifier).refresh_token


if __name__ == "__main__":
    main()
