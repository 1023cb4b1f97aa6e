"""The apps registered with the emulated Dropbox: keys, access, scopes, redirect and webhook addresses."""

from dataclasses import dataclass
from enum import StrEnum

SCOPES = (
    "account_info.read",
    "files.metadata.read",
    "files.metadata.write",
    "files.content.read",
    "files.content.write",
)
SHARING_SCOPES = ("sharing.read", "sharing.write")


class Access(StrEnum):
    """What of a user's Dropbox an app sees; fixed when the app is created."""

    APP_FOLDER = "folder"
    FULL = "full"


@dataclass(frozen=True)
class App:
    """An app as its developer registered it. `scopes` are the most it may ask for."""

    key: str
    secret: str
    name: str
    access: Access
    redirect_uris: tuple[str, ...] = ()
    scopes: tuple[str, ...] = SCOPES
    webhook_url: str | None = None


AUTO_IMPORT_APP = App(
    key="jenji0import0key",
    secret="jenji0import0sec",  # noqa: S106 - an invented app
    name="Jenji",
    access=Access.APP_FOLDER,
    redirect_uris=("http://localhost:8000/oauth/callback",),
)
SYNCHRONISATION_APP = App(
    key="jenji0sync000key",
    secret="jenji0sync000sec",  # noqa: S106 - an invented app
    name="Jenji Sync",
    access=Access.FULL,
    redirect_uris=("http://localhost:8000/oauth/callback",),
    scopes=(*SCOPES, *SHARING_SCOPES),
)
DEFAULT_APPS = (AUTO_IMPORT_APP, SYNCHRONISATION_APP)
