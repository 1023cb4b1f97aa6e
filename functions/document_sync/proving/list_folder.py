"""Lists what lies in a company's folder, a step at a time: in one recursive listing, or folder by folder.

Dropbox may answer recursive listings of a folder with 5xx for ever, and flat ones of it all the while.
Folder by folder, those still to be listed are read from the pages that are kept: no row grows with them. What
is moved from a folder that is not listed yet into one that is, is not seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from functions.document_sync.sync_run import SyncRun
from shared.domain.cloud_files import ListedEntry, ListedPage
from shared.domain.errors import DropboxFailing, FileGone, ListingReset
from shared.domain.proofs import MOST_FILES, PendingProof

FAILURES_OF_RECURSION = 3
"""After so many in a row it is listed folder by folder, from the start."""
FOLDERS_TOGETHER = 20


class TooManyFiles(Exception):  # it ends a proof, and goes no further
    """More lie in the folder than a drain can compare."""


def list_further(run: SyncRun, pending: PendingProof) -> PendingProof:
    """One page further; a folder that is not there holds nothing. Raises TooManyFiles, ListingReset."""
    if pending.is_flat and pending.pages:
        return _folders_further(run, pending)
    try:
        page = (
            _first_flat(run) if pending.is_flat else run.dropbox.list_page(run.services.root, pending.cursor)
        )
    except FileGone as gone:
        if pending.cursor is not None:  # deleted or renamed since the listing began
            raise ListingReset("the folder is gone") from gone
        return replace(pending.listed(ListedPage((), "", has_more=False)), pages=0, is_folder_missing=True)
    return _kept(run, pending, page)


def after_failure(pending: PendingProof, error: Exception) -> PendingProof:
    """What is to be tried next after an error: another way where it is the recursion that fails."""
    is_listing = pending.generation is not None and not pending.is_listed and not pending.is_flat
    if not is_listing or not isinstance(error, DropboxFailing):
        return pending
    failed = pending.failed_listings + 1
    if failed < FAILURES_OF_RECURSION:
        return replace(pending, failed_listings=failed)
    return replace(pending, is_flat=True, generation=None)


def _first_flat(run: SyncRun) -> ListedPage:
    return ListedPage(tuple(run.dropbox.list_flat(run.services.root)), "", has_more=True)


def _folders_further(run: SyncRun, pending: PendingProof) -> PendingProof:
    """The next folders of those found so far; listed once no page of them is left."""
    company_id, run_id = run.link.company_id, pending.run_id
    known = run.services.proof_pages.listing(company_id, run_id, pending.folders_page)
    folders = [entry.path for entry in known if entry.is_folder][pending.folders_at :][:FOLDERS_TOGETHER]
    if not folders:
        following = pending.folders_page + 1
        return replace(pending, folders_page=following, folders_at=0, is_listed=following == pending.pages)
    page = ListedPage(tuple(_in_folders(run, folders)), "", has_more=True)
    return replace(_kept(run, pending, page), folders_at=pending.folders_at + len(folders))


def _in_folders(run: SyncRun, folders: list[str]) -> Iterator[ListedEntry]:
    for folder in folders:
        try:
            yield from run.dropbox.list_flat(folder)
        except FileGone:  # since it was found
            continue


def _kept(run: SyncRun, pending: PendingProof, page: ListedPage) -> PendingProof:
    if pending.files + len(page.entries) > MOST_FILES:
        raise TooManyFiles
    run.services.proof_pages.keep_listing(run.link.company_id, pending.run_id, pending.pages, page.entries)
    return pending.listed(page)
