"""Notices that users have deleted rejected files: what they took away, they have dealt with.

Dropbox rings for a deletion as for every change. One listing of `Rejected` tells which files are not there
any more; each of these is looked up before anything is concluded, since a folder can be renamed.
"""

from __future__ import annotations

from functions.auto_import.file_away import ensure_link_unchanged, found_now, in_parallel
from functions.auto_import.filing import REJECTED
from functions.auto_import.import_run import ImportRun
from shared.domain.errors import FileGone

MOST_LOOKED_FOR = 200
"""Rejected files looked for by one drain; the longest rejected first."""


def notice_deleted(run: ImportRun) -> None:
    """Raises LinkChanged, and the errors that no file could be looked up under."""
    rejected = run.services.records.rejected(run.user.user_id, run.link.account_id, MOST_LOOKED_FOR)
    filed = [record for record in rejected if record.is_filed]
    if not filed:
        return
    ensure_link_unchanged(run)
    there = _listed(run)
    missing = [record for record in filed if record.file_id not in there]
    gone = [record for record, file in found_now(run, missing) if file is None]
    in_parallel(run, gone, run.services.records.note_gone)


def _listed(run: ImportRun) -> set[str]:
    try:
        return {file.file_id for page in run.dropbox.list_files(REJECTED) for file in page}
    except FileGone:  # the folder with everything in it
        return set()
