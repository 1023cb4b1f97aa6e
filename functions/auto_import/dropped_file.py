"""A file lying in `Auto-Import` that wants to be recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shared.domain.active_content import ActiveContent
from shared.domain.cloud_files import RemoteFile
from shared.domain.errors import Retryable


@dataclass(frozen=True, slots=True)
class DroppedFile:
    """A listed file, with what earlier drains know of it.

    `since` is the notification that revealed it. `tries` counts the failures so far, `attempts_started` the
    drains that died with it open.
    """

    remote: RemoteFile
    batch_id: str
    since: datetime
    tries: int = 0
    attempts_started: int = 0


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """The document's bytes, inspected and stored. `sha256` is hexadecimal, `size` in bytes.

    `sheet` is a rendering of it, stored too, where it is one that only machines can read.
    """

    s3_key: str
    sha256: str
    content_type: str
    size: int
    active_content: tuple[ActiveContent, ...] = ()
    sheet: StoredDocument | None = None


class NotYet(Retryable):
    """The file may still be on its way: look again at `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__("incomplete")
        self.until = until


class KeepsChanging(Retryable):
    """What is on record for the file changed each time it was looked at."""
