"""`list_folder` and its cursors: pages of what is there, then what the journal says happened since."""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import lru_cache

from dropbox import files

from local.dropbox_emulator.api.metadata import describe, describe_deleted
from local.dropbox_emulator.core import paths
from local.dropbox_emulator.core.refusals import NOT_FOLDER, BadRequest, LookupRefused, RouteRefused
from local.dropbox_emulator.core.tree import Entry, File, Folder
from local.dropbox_emulator.core.view import View

DEFAULT_LIMIT = 500


@dataclass
class ListingPolicy:
    """What a listing looks like beyond its entries.

    Their order follows `seed`: neither the alphabet nor time. Of the pages that have something to tell, one
    in `empty_page_every` (0: none) is empty and says that there is more; which ones, `seed` says as well.
    """

    seed: int = 0
    empty_page_every: int = 16

    def rank(self, key: str) -> tuple[int, str]:
        """Where an entry comes in the order."""
        return self._draw(key), key

    def is_empty(self, path: str, page: int) -> bool:
        """Whether a page of a folder's listing comes empty; never two in a row."""
        return self._is_drawn(path, page) and not self._is_drawn(path, page - 1)

    def _is_drawn(self, path: str, page: int) -> bool:
        return bool(self.empty_page_every) and self._draw(f"{path}\0{page}") % self.empty_page_every == 0

    def _draw(self, text: str) -> int:
        return _number_of(f"{self.seed}\0{text}")


@lru_cache(maxsize=200_000)
def _number_of(text: str) -> int:
    """A number that says nothing about its text, and is the same in every run."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())


_DEFAULT_POLICY = ListingPolicy()


@dataclass(frozen=True)
class Cursor:
    """Where a client stands. It carries everything, so the server keeps no state and pages survive changes.

    `path` is the listed folder's folded path as the app sees it; `after` the last path given while the first
    listing lasts, `None` after it; `position` an index into the account's journal, taken when it began;
    `page` counts the pages so far.
    """

    account_id: str
    app_key: str
    epoch: int
    path: str
    recursive: bool
    include_deleted: bool
    include_non_downloadable: bool
    limit: int
    position: int
    after: str | None
    in_team_space: bool
    page: int = 0

    def encode(self) -> str:
        """The opaque string clients pass back."""
        return base64.urlsafe_b64encode(json.dumps(list(asdict(self).values())).encode()).decode()

    @classmethod
    def decode(cls, text: str) -> "Cursor":
        """Read a cursor.

        Raises:
            BadRequest: it is none of ours.

        """
        try:
            return cls(*json.loads(base64.urlsafe_b64decode(text.encode())))
        except (binascii.Error, ValueError, TypeError) as error:
            raise BadRequest('Invalid "cursor" parameter: it was not given by list_folder.') from error


Page = tuple[list[files.Metadata], Cursor, bool]


def begin(view: View, arg: files.ListFolderArg) -> Cursor:
    """The cursor of a listing about to start.

    Raises:
        LookupRefused: no folder there.

    """
    entry = view.find(arg.path).entry
    if not isinstance(entry, Folder):
        raise LookupRefused(NOT_FOLDER)
    return Cursor(
        account_id=view.account.id,
        app_key=view.app.key,
        epoch=view.account.cursor_epoch,
        path=view.key_of(entry),
        recursive=arg.recursive,
        include_deleted=arg.include_deleted,
        include_non_downloadable=arg.include_non_downloadable_files,
        limit=arg.limit or DEFAULT_LIMIT,
        position=len(view.account.tree.journal),
        after="",
        in_team_space=view.in_team_space,
    )


def at_the_end(cursor: Cursor) -> Cursor:
    """A cursor for what happens from now on, as `list_folder/get_latest_cursor` gives."""
    return replace(cursor, after=None)


def resume(view: View, text: str) -> Cursor:
    """The cursor a client passed back.

    Raises:
        BadRequest: not a cursor of this app and account.
        RouteRefused: ``reset``; the client must list again.

    """
    cursor = Cursor.decode(text)
    if (cursor.account_id, cursor.app_key) != (view.account.id, view.app.key):
        raise BadRequest('Invalid "cursor" parameter: it belongs to another app or account.')
    if (cursor.epoch, cursor.in_team_space) != (view.account.cursor_epoch, view.in_team_space):
        raise RouteRefused(files.ListFolderContinueError.reset)
    return cursor


def next_page(view: View, cursor: Cursor, policy: ListingPolicy = _DEFAULT_POLICY) -> Page:
    """The entries that follow `cursor`, the cursor after them, and whether there are more already.

    Raises:
        LookupRefused: the folder is gone.

    """
    folder = view.find(cursor.path).entry
    if not isinstance(folder, Folder):
        raise LookupRefused(NOT_FOLDER)
    if cursor.after is None:
        found, following, has_more = _changes(view, folder, cursor, policy)
    else:
        found, following, has_more = _snapshot(view, folder, cursor, policy)
    if found and policy.is_empty(cursor.path, cursor.page):
        found, following, has_more = [], cursor, True
    return found, replace(following, page=cursor.page + 1), has_more


def _snapshot(view: View, folder: Folder, cursor: Cursor, policy: ListingPolicy) -> Page:
    listed: dict[str, Entry | str] = {entry.key: entry for entry in _live(folder, cursor)}
    if cursor.include_deleted:
        listed |= {
            key: path for key, path in view.account.tree.deleted.items() if _is_in_scope(key, folder, cursor)
        }
    last = policy.rank(cursor.after) if cursor.after else (-1, "")
    left = sorted(rank for key in listed if (rank := policy.rank(key)) > last)
    page = [key for _, key in left[: cursor.limit]]
    has_more = len(page) < len(left)
    found = [_describe(view, listed[key]) for key in page]
    return found, replace(cursor, after=page[-1] if has_more else None), has_more


def _live(folder: Folder, cursor: Cursor) -> Iterator[Entry]:
    if not cursor.recursive:
        candidates: Iterator[Entry] = iter(folder.children.values())
    else:
        # Dropbox lists a folder itself in its own recursive listing, save for the root.
        candidates = iter((*((folder,) if cursor.path else ()), *folder.walk()))
    return (entry for entry in candidates if _is_wanted(entry, cursor))


def _changes(view: View, folder: Folder, cursor: Cursor, policy: ListingPolicy) -> Page:
    journal = view.account.tree.journal
    keys: dict[str, None] = {}
    position = cursor.position
    while position < len(journal) and len(keys) < cursor.limit:
        key = journal[position]
        if _is_in_scope(key, folder, cursor):
            keys.pop(key, None)
            keys[key] = None
        position += 1
    found = [change for key in sorted(keys, key=policy.rank) for change in _change(view, key, cursor)]
    return found, replace(cursor, position=position), position < len(journal)


def _change(view: View, key: str, cursor: Cursor) -> Iterator[files.Metadata]:
    tree = view.account.tree
    entry = tree.find(paths.split(key))
    if entry is not None and _is_wanted(entry, cursor):
        yield describe(view, entry)
    elif key in tree.deleted and tree.find(paths.split(key)[:-1]) is not None:
        # What went with its folder is covered by the folder's own deletion.
        yield _describe(view, tree.deleted[key])


def _describe(view: View, entry: Entry | str) -> files.Metadata:
    return describe(view, entry) if isinstance(entry, Entry) else describe_deleted(view.below_root(entry))


def _is_wanted(entry: Entry, cursor: Cursor) -> bool:
    return cursor.include_non_downloadable or not (isinstance(entry, File) and entry.export_as)


def _is_in_scope(key: str, folder: Folder, cursor: Cursor) -> bool:
    root = folder.key
    if cursor.recursive:
        return key != "" and paths.is_within(key, root) and (key != root or cursor.path != "")
    return key.rpartition("/")[0] == root and key != ""
