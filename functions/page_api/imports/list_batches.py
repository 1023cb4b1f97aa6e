"""The caller's batches of dropped files, newest first, each with its counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from functions.page_api.cursors import from_cursor, to_cursor
from functions.page_api.imports.batch_counts import BatchCounts, counts_of, open_batch_of
from functions.page_api.imports.list_waiting_files import MOST_WAITING, waiting_files
from functions.page_api.own_links import find_link
from functions.page_api.ports import Imports
from shared.domain.errors import RefusalCode, RequestRefused
from shared.domain.links import Link, Purpose
from shared.domain.tallies import batch_id_in
from shared.http.host_session import HostSession
from shared.ports import Links

_DROP_ID = re.compile(r"[0-9A-Za-z-]{1,64}(\.[0-9]{1,4})?")
MOST_FILES_COUNTED = 20_000
"""Files counted for one page: it may hold fewer batches than asked for, where they are large."""


@dataclass(frozen=True, slots=True)
class ListedBatches:
    """A page, and the cursor of the next, None after the last."""

    batches: tuple[BatchCounts, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class ListBatches:
    """Called with a session and where to go on."""

    links: Links
    imports: Imports

    def __call__(self, session: HostSession, *, cursor: str | None, limit: int) -> ListedBatches:
        """Raises RequestRefused (invalid_cursor), AwsUnavailable."""
        of_list = ("batches", session.user_id)
        before = None if cursor is None else _place_in(from_cursor(of_list, cursor))
        link = find_link(self.links, session, Purpose.AUTO_IMPORT)
        batches: list[BatchCounts] = []
        for counts in self._drops(session.user_id, before, link):
            if len(batches) == limit or sum(batch.tally.recorded for batch in batches) >= MOST_FILES_COUNTED:
                return ListedBatches(tuple(batches), to_cursor(of_list, batches[-1].batch_id))
            batches.append(counts)
        return ListedBatches(tuple(batches), None)

    def _drops(self, user_id: str, before: _Place | None, link: Link | None) -> Iterator[BatchCounts]:
        """Of a batch that was shown in part, the drops before that part come first."""
        waiting = waiting_files(self.imports, link, MOST_WAITING)
        if before is not None and before.number > 1:
            drops = counts_of(self.imports, user_id, before.batch_id, link=link, waiting=waiting)
            yield from drops[len(drops) - before.number + 1 :]
        for batch_id in self._ids(user_id, before.batch_id if before else None, link):
            yield from counts_of(self.imports, user_id, batch_id, link=link, waiting=waiting)

    def _ids(self, user_id: str, before: str | None, link: Link | None) -> Iterator[str]:
        """The open one in its place, although none of its files may be on record yet."""
        newest = open_batch_of(link)
        ids = {newest.batch_id} if newest and (before is None or newest.batch_id < before) else set()
        while True:
            ids |= {batch_id for batch_id in [self.imports.newest_batch(user_id, before)] if batch_id}
            if not ids:
                return
            before = max(ids)
            ids.discard(before)
            yield before


@dataclass(frozen=True, slots=True)
class _Place:
    """The so manieth drop of a batch."""

    batch_id: str
    number: int


def _place_in(drop_id: str) -> _Place:
    """No cursor of ours names another id: keys are made of it."""
    if not _DROP_ID.fullmatch(drop_id):
        raise RequestRefused(RefusalCode.INVALID_CURSOR)
    batch_id = batch_id_in(drop_id)
    return _Place(batch_id, int(drop_id.removeprefix(batch_id).removeprefix(".") or 1))
