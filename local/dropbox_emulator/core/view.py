"""What one app sees of one account: where its root lies, and how its paths and ids lead to entries."""

from dataclasses import dataclass

from local.dropbox_emulator.core import paths
from local.dropbox_emulator.core.account import Account, checked_names
from local.dropbox_emulator.core.apps import Access, App
from local.dropbox_emulator.core.refusals import (
    MALFORMED_LOOKUP,
    MALFORMED_WRITE,
    NOT_FILE,
    NOT_FOUND,
    LookupRefused,
    WriteRefused,
)
from local.dropbox_emulator.core.tree import Entry, File, Folder, Revision


@dataclass(frozen=True)
class Found:
    """An entry a path led to, at a revision when it is a file (an old one when asked for by ``rev:``)."""

    entry: Entry
    revision: Revision | None


class View:
    """An app's window on an account. The account's lock must be held around every call.

    An app folder keeps belonging to its app when the user renames or moves it; once deleted, reading
    its root finds nothing and the first write makes it again. An app with access to everything sees its
    user's own folder or, `in_team_space`, that of the team; an app folder is the same in both.
    """

    def __init__(self, account: Account, app: App, *, in_team_space: bool = False) -> None:
        self.account = account
        self.app = app
        self.in_team_space = in_team_space
        self._is_full = app.access is Access.FULL
        self._is_whole = self._is_full and (in_team_space or not account.home)
        own = () if self._is_full else (account.apps_folder, app.name)
        self._default_root = (*account.home, *own)
        self._root_id: str | None = None

    def root(self) -> Folder | None:
        """The app's root folder, if it exists now."""
        tree = self.account.tree
        if self._is_whole:
            return tree.root
        known = tree.by_id(self._root_id) if self._root_id else None
        root = known or tree.find(self._default_root)
        if not isinstance(root, Folder):
            return None
        self._root_id = root.id
        return root

    def make_root(self) -> Folder:
        """The app's root folder, made when missing."""
        root = self.root() or self.account.tree.make_folder(self._default_root)
        self._root_id = root.id
        return root

    def root_key(self) -> str:
        """The folded path of the root, whether it exists or not."""
        root = self.root()
        return root.key if root else paths.join(map(paths.fold, self._default_root))

    def shows(self, key: str) -> bool:
        """Whether a change at this folded path of the account is visible to the app."""
        if self._is_full:
            return True
        root = self.root_key()
        return paths.is_within(key, root) or paths.is_within(root, key)

    def path_of(self, entry: Entry) -> str:
        """An entry's displayed path as the app sees it."""
        return self.below_root(entry.path)

    def key_of(self, entry: Entry) -> str:
        """An entry's folded path as the app sees it."""
        return self.below_root(entry.key)

    def find(self, path: str) -> Found:
        """The entry of a path, ``id:…`` or ``rev:…``.

        Raises:
            LookupRefused: nothing there, or not a possible path.

        """
        if path.startswith("rev:"):
            return self._find_revision(path.removeprefix("rev:"))
        start, names = self._start(path)
        if any(paths.is_malformed(name) for name in names):
            raise LookupRefused(MALFORMED_LOOKUP)
        entry = start if not names else self.account.tree.find(names, start)
        if entry is None:
            raise LookupRefused(NOT_FOUND)
        return Found(entry, entry.revision if isinstance(entry, File) else None)

    def find_file(self, path: str) -> tuple[File, Revision]:
        """The file of a path.

        Raises:
            LookupRefused: nothing there, or a folder.

        """
        found = self.find(path)
        if not isinstance(found.entry, File) or found.revision is None:
            raise LookupRefused(NOT_FILE)
        return found.entry, found.revision

    def names_to_write(self, path: str) -> tuple[Folder | None, tuple[str, ...]]:
        """Where a write to `path` begins and the names from there; `None` stands for a root still to be made.

        Raises:
            WriteRefused: not a path Dropbox would write to.

        """
        if path.startswith("id:"):
            return self._names_of_id(path)
        return self.root(), checked_names(self._without_namespace(path))

    def _names_of_id(self, path: str) -> tuple[Folder | None, tuple[str, ...]]:
        try:
            entry = self.find(path).entry
        except LookupRefused as refused:
            raise WriteRefused(MALFORMED_WRITE) from refused
        if entry.parent is None:
            raise WriteRefused(MALFORMED_WRITE)
        return entry.parent, (entry.name,)

    def _start(self, path: str) -> tuple[Entry, tuple[str, ...]]:
        if path.startswith("id:"):
            entry_id, *names = path.split("/")
            entry = self.account.tree.by_id(entry_id)
            if entry is None or not self.sees(entry):
                raise LookupRefused(NOT_FOUND)
            return entry, tuple(name for name in names if name)
        root = self.root()
        if root is None:
            raise LookupRefused(NOT_FOUND)
        try:
            return root, paths.split(self._without_namespace(path))
        except WriteRefused as refused:
            raise LookupRefused(NOT_FOUND) from refused

    def _without_namespace(self, path: str) -> str:
        if not path.startswith("ns:"):
            return path
        namespace, slash, rest = path.partition("/")
        account = self.account
        if namespace != f"ns:{account.root_namespace if self.in_team_space else account.home_namespace}":
            raise WriteRefused(MALFORMED_WRITE)
        return slash + rest

    def _find_revision(self, rev: str) -> Found:
        file_id, revision = self.account.tree.revisions.get(rev, ("", None))
        entry = self.account.tree.by_id(file_id)
        if revision is None or not isinstance(entry, File) or not self.sees(entry):
            raise LookupRefused(NOT_FOUND)
        return Found(entry, revision)

    def sees(self, entry: Entry) -> bool:
        """Whether an entry lies in what the app sees, or is its root."""
        root = self.root()
        return root is not None and (entry is root or root in _ancestors(entry))

    def below_root(self, path: str) -> str:
        """A path of the whole account as the app sees it; it must lie below the app's root."""
        if self._is_whole:
            return path
        root = self.root()
        depth = len(root.ancestry()) if root else len(self._default_root)
        return paths.join(paths.split(path)[depth:])


def _ancestors(entry: Entry) -> list[Folder]:
    ancestors = []
    while entry.parent is not None:
        ancestors.append(entry.parent)
        entry = entry.parent
    return ancestors
