"""Which batches may have recorded files that have not left `Auto-Import`: noted before the first is recorded.

Instead of an index over all records: a batch is noted once, and read through while its note is there.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Lock

from shared.aws.stores.import_tables import FilingRow
from shared.domain.imports import ImportRecord
from shared.domain.timestamps import from_iso, to_iso

_REPEATED_AFTER = timedelta(minutes=15)
_KEPT_FOR = timedelta(hours=1)
"""Longer than what is noted is trusted, and than any drain may run."""


class FilingNotes:
    """Notes in the waiting files table, and which of them this process has made lately."""

    def __init__(self) -> None:
        self._noted: dict[tuple[str, str], datetime] = {}
        self._noting = Lock()

    def note(self, record: ImportRecord) -> None:
        """Before a record is written that is not filed yet."""
        key = record.user_id, _key(record.account_id, record.batch_id)
        with self._noting:
            noted_at = self._noted.get(key)
            if noted_at is None or record.recorded_at - noted_at > _REPEATED_AFTER:
                FilingRow(*key, batch_id=record.batch_id, since=to_iso(record.recorded_at)).save()
                self._noted[key] = record.recorded_at

    def of_account(self, user_id: str, account_id: str) -> list[FilingRow]:
        """Those that there are, read consistently."""
        of_account = FilingRow.file_key.startswith(_key(account_id, ""))
        return list(FilingRow.query(user_id, of_account, consistent_read=True))

    def forget(self, note: FilingRow, now: datetime) -> None:
        """All that was recorded under it is filed, unless a drain beside this one is at it still."""
        if now - from_iso(note.since) > _KEPT_FOR:
            note.delete()
            self._noted.pop((note.user_id, note.file_key), None)


def _key(account_id: str, batch_id: str) -> str:
    """Among the account's waiting files: their ids begin with `id:`."""
    return f"{account_id}#filing#{batch_id}"
