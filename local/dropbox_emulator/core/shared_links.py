"""The links an account has to its files and folders."""

import secrets
from dataclasses import dataclass
from urllib.parse import quote

from local.dropbox_emulator.core.tree import Entry, File


@dataclass(frozen=True)
class SharedLink:
    """A link, which follows its entry wherever it is moved."""

    entry_id: str
    url: str


class SharedLinks:
    """At most one link for each entry. The account's lock must be held around every call."""

    def __init__(self) -> None:
        self._by_entry: dict[str, SharedLink] = {}

    def of(self, entry_id: str) -> SharedLink | None:
        """The link to an entry, if there is one."""
        return self._by_entry.get(entry_id)

    def all(self) -> list[SharedLink]:
        """Every link, also those whose entry is gone."""
        return list(self._by_entry.values())

    def add(self, entry: Entry) -> SharedLink:
        """A link to an entry that has none."""
        kind = "fi" if isinstance(entry, File) else "fo"
        secret, key = secrets.token_hex(10), secrets.token_hex(12)
        name = f"/{quote(entry.name)}" if isinstance(entry, File) else ""
        url = f"https://www.dropbox.com/scl/{kind}/{secret}{name}?rlkey={key}&dl=0"
        self._by_entry[entry.id] = SharedLink(entry.id, url)
        return self._by_entry[entry.id]

    def remove(self, link: SharedLink) -> None:
        """End a link."""
        self._by_entry.pop(link.entry_id, None)
