"""An emulator as clients meet it that nobody here wrote: over https, behind Dropbox's own host names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from local.dropbox_emulator import (
    AUTO_IMPORT_APP,
    SYNCHRONISATION_APP,
    Access,
    Account,
    App,
    BatchPolicy,
    DropboxEmulator,
)
from local.dropbox_emulator.core.apps import SCOPES

APPS = tuple(
    replace(app, scopes=(*SCOPES, "sharing.read", "sharing.write"))
    for app in (AUTO_IMPORT_APP, SYNCHRONISATION_APP)
)


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("certificates")


@pytest.fixture
def emulator(certificates: Path) -> Iterator[DropboxEmulator]:
    batches = BatchPolicy(largest_synchronous=2)
    with DropboxEmulator(
        https_port=0, proxy_port=0, certificates=certificates, apps=APPS, batches=batches
    ) as emulator:
        yield emulator


@pytest.fixture
def alice(emulator: DropboxEmulator) -> Account:
    return emulator.add_account("alice", display_name="Alice Martin")


@pytest.fixture(params=APPS, ids=["app folder", "full access"])
def app(request: pytest.FixtureRequest) -> App:
    chosen: App = request.param
    return chosen


@pytest.fixture
def root(app: App) -> str:
    """Where the app's root lies in the account."""
    return "/Apps/Jenji" if app.access is Access.APP_FOLDER else ""
