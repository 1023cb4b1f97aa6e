"""Lists the files below a folder: in one recursive listing or, where those fail, folder by folder.

One account's recursive listings answered 500 for weeks while flat ones worked:
https://github.com/samschott/maestral/issues/491
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

from shared.domain.cloud_files import ListedEntry, ListedPage, RemoteFile
from shared.domain.errors import DropboxFailing, FileGone
from shared.dropbox_api.answers import NotDropboxs, objects_in, text_in
from shared.dropbox_api.client import DropboxClient
from shared.dropbox_api.errors import TRIES, Sleep, dropbox_errors_translated, with_retries
from shared.dropbox_api.metadata import FILE, FOLDER, kind_of, path_of, to_remote_file

DELETED = "deleted"
_NO_HASH = "none"
"""Of what Dropbox keeps no bytes of, such as its own documents: it is no document's."""
FLAT_FOR_SECONDS = 3600.0
"""So long a recursive listing is not tried again where it failed."""

Page = dict[str, Any]


class Listing:
    """One account's listings; remembers whether recursive ones fail."""

    def __init__(self, client: DropboxClient, sleep: Sleep, monotonic: Callable[[], float]) -> None:
        self._client = client
        self._sleep = sleep
        self._monotonic = monotonic
        self._flat_until: float | None = None

    def files_below(self, folder: str, page_size: int) -> Iterator[list[RemoteFile]]:
        """Page by page, some of them empty; an entry that cannot be read is left out.

        Raises FileGone where the folder is missing, ListingReset where it must be begun again.
        """
        if self._is_flat():
            yield from self._folder_by_folder(folder, page_size)
            return
        try:
            page = self._first(folder, page_size, recursive=True)
        except DropboxFailing:
            # Whether it is the recursion that fails shows in whether this works: one more call.
            page = self._first(folder, page_size, recursive=False, retried=False)
            self._note_failing()
            yield from self._folder_by_folder(folder, page_size, page)
            return
        try:
            yield from (_files_in(each) for each in self._from(page))
        except DropboxFailing:
            # What was listed is listed again: the next drain's.
            self._note_failing()
            raise

    def page_below(self, folder: str, cursor: str | None, page_size: int) -> ListedPage:
        """One page of a recursive listing: the first, or that of a cursor, which outlives any drain.

        What changes in the meantime comes on a later page, what is deleted as a place without a file.
        Raises FileGone where the folder is missing, ListingReset where it must be begun again.
        """
        page = self._first(folder, page_size, recursive=True) if cursor is None else self._continued(cursor)
        with dropbox_errors_translated():
            return ListedPage(tuple(_listed_in(page)), text_in(page, "cursor"), page.get("has_more") is True)

    def entries_in(self, folder: str, page_size: int) -> list[ListedEntry]:
        """All that lies in a folder itself, its folders too. Raises FileGone, ListingReset."""
        with dropbox_errors_translated():
            pages = self._from(self._first(folder, page_size))
            return [entry for page in pages for entry in _listed_in(page, with_folders=True)]

    def _folder_by_folder(
        self, folder: str, page_size: int, page: Page | None = None
    ) -> Iterator[list[RemoteFile]]:
        """A folder below that fails is an outage, but only once every other was listed."""
        below = deque[str]()
        for each in self._from(page or self._first(folder, page_size)):
            below += _folders_in(each)
            yield _files_in(each)
        failed: DropboxFailing | None = None
        while below:
            try:
                for each in self._from(self._first(below.popleft(), page_size)):
                    below += _folders_in(each)
                    yield _files_in(each)
            except FileGone:
                continue
            except DropboxFailing as error:
                failed = error
        if failed is not None:
            raise failed

    def _first(self, folder: str, page_size: int, *, recursive: bool = False, retried: bool = True) -> Page:
        return self._page(
            lambda: self._client.files_list_folder(folder, recursive=recursive, limit=page_size), retried
        )

    def _from(self, page: Page) -> Iterator[Page]:
        yield page
        while page.get("has_more") is True:
            with dropbox_errors_translated():
                cursor = text_in(page, "cursor")
            page = self._continued(cursor)
            yield page

    def _continued(self, cursor: str) -> Page:
        return self._page(lambda: self._client.files_list_folder_continue(cursor))

    def _page(self, call: Callable[[], Page], retried: bool = True) -> Page:
        def attempt() -> Page:
            page = call()
            objects_in(page, "entries")
            return page

        return with_retries(attempt, self._sleep, tries=TRIES if retried else 1)

    def _is_flat(self) -> bool:
        return self._flat_until is not None and self._monotonic() < self._flat_until

    def _note_failing(self) -> None:
        self._flat_until = self._monotonic() + FLAT_FOR_SECONDS


def _files_in(page: Page) -> list[RemoteFile]:
    files = []
    for entry in _entries_in(page):
        if kind_of(entry) == FILE:
            try:
                files.append(to_remote_file(entry))
            except NotDropboxs:
                continue
    return files


def _listed_in(page: Page, *, with_folders: bool = False) -> Iterator[ListedEntry]:
    """In Dropbox's order. Raises NotDropboxs where one cannot be read: nobody is to miss what lies there."""
    for entry in _entries_in(page):
        kind = kind_of(entry)
        if kind == FILE:
            yield ListedEntry(path_of(entry), _hash_in(entry))
        elif kind == DELETED:
            yield ListedEntry(path_of(entry), None)
        elif kind == FOLDER and with_folders:
            yield ListedEntry(path_of(entry), "")


def _hash_in(entry: dict[str, Any]) -> str:
    """Raises NotDropboxs where it is not stated of a file that has bytes."""
    found = entry.get("content_hash")
    if found is None and entry.get("is_downloadable") is False:
        return _NO_HASH
    if not (isinstance(found, str) and found.isascii() and found.isalnum()):
        raise NotDropboxs("content_hash")
    return found


def _folders_in(page: Page) -> list[str]:
    """Their paths, or ids where they have none that can be called by."""
    folders = [
        entry.get("path_lower") or entry.get("id") for entry in _entries_in(page) if kind_of(entry) == FOLDER
    ]
    return [folder for folder in folders if isinstance(folder, str)]


def _entries_in(page: Page) -> list[dict[str, Any]]:
    return objects_in(page, "entries")
