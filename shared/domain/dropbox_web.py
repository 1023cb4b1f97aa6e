"""Where Dropbox's web site shows a file or a folder, where that is certain.

The site shows an account from its root. An app's own folder lies below a folder that is named in the language
the account had when it was made, and a member's folder is named by the member: of these no address is given.
"""

from __future__ import annotations

from urllib.parse import quote

from shared.domain.deliveries import Delivery, DeliveryStatus
from shared.domain.links import Link, Space

_HOME = "https://www.dropbox.com/home"


def folder_url(link: Link, path: str) -> str | None:
    """A folder of the space that the link files to."""
    return f"{_HOME}{quote(path)}" if _is_at_root(link, link.space) else None


def file_url(link: Link | None, delivery: Delivery) -> str | None:
    """A document that lies in the account that is linked now."""
    if link is None or delivery.status is not DeliveryStatus.DELIVERED or delivery.path is None:
        return None
    if delivery.key.account_id != link.account_id or not _is_at_root(link, delivery.space):
        return None
    folder, _, name = delivery.path.rpartition("/")
    return f"{_HOME}{quote(folder)}?preview={quote(name, safe='')}"


def place_url(link: Link, path: str) -> str | None:
    """A file of the space that the link files to."""
    if not _is_at_root(link, link.space):
        return None
    folder, _, name = path.rpartition("/")
    return f"{_HOME}{quote(folder)}?preview={quote(name, safe='')}"


def _is_at_root(link: Link, space: Space | None) -> bool:
    return link.team_space_id is None or space is Space.TEAM_SPACE
