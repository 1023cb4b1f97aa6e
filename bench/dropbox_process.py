"""The Dropbox emulator in a process of its own, so that what it costs can be told apart.

`python -m bench.dropbox_process CERTIFICATES`, and then one request a line: see `_answer`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bench.processes import say
from local.dropbox_emulator import (
    AUTO_IMPORT_APP,
    SYNCHRONISATION_APP,
    Account,
    App,
    CostModel,
    DropboxEmulator,
)
from shared.dropbox_api.oauth import DropboxOauth

AUTO_IMPORT = "/Apps/Jenji/Auto-Import"
CALLBACK_URL = "https://api.jenji.example/oauth/callback"
SCOPES = [
    "account_info.read",
    "files.metadata.read",
    "files.metadata.write",
    "files.content.read",
    "files.content.write",
]


def main() -> None:
    """Serve until standard input ends."""
    with DropboxEmulator(https_port=0, certificates=Path(sys.argv[1])) as emulator:
        say(port=urlsplit(emulator.https_url).port, ca_file=str(emulator.ca_file))
        for line in sys.stdin:
            say(**_answer(emulator, json.loads(line)))


def _answer(emulator: DropboxEmulator, request: dict[str, Any]) -> dict[str, Any]:
    """`open`: a new account holding a folder's files. `link`: a new empty one for the synchronisation.

    `files`: how many an account holds. `costs`: of a `CostModel`. `count`: calls since the last time.
    """
    if "open" in request:
        return _open_account(emulator, request["open"], Path(request["documents"]))
    if "link" in request:
        account = emulator.add_account(request["link"])
        token = refresh_token(emulator, account, SYNCHRONISATION_APP)
        return {"name": account.name, "account_id": account.id, "refresh_token": token}
    if "files" in request:
        return {"files": len(emulator.accounts[request["files"]].tree_contents())}
    if "costs" in request:
        emulator.costs = CostModel(**request["costs"])
        return {}
    return _count(emulator)


def _count(emulator: DropboxEmulator) -> dict[str, Any]:
    records = emulator.calls.records()
    emulator.calls.clear()
    refused = sum(1 for record in records if record.status == HTTPStatus.TOO_MANY_REQUESTS)
    return {"calls": dict(Counter(record.route for record in records)), "refused": refused}


def _open_account(emulator: DropboxEmulator, name: str, documents: Path) -> dict[str, Any]:
    account = emulator.add_account(name)
    token = refresh_token(emulator, account)
    account.make_folder(AUTO_IMPORT)
    for document in sorted(documents.iterdir()):
        account.write(f"{AUTO_IMPORT}/{document.name}", document.read_bytes())
    return {"name": account.name, "account_id": account.id, "refresh_token": token}


def refresh_token(emulator: DropboxEmulator, account: Account, app: App = AUTO_IMPORT_APP) -> str:
    """As a user's consent gives it: with PKCE, so that no secret is needed to use it."""
    emulator.add_redirect_uri(app.key, CALLBACK_URL)
    oauth = DropboxOauth(
        app_key=app.key,
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
