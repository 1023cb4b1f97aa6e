"""A client that follows cursors as the API documents it ends with the account's own state."""

import itertools
from contextlib import suppress

import pytest
from dropbox import files
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from local.dropbox_emulator import SYNCHRONISATION_APP
from local.dropbox_emulator.api import listing
from local.dropbox_emulator.core.account import Account, Owner
from local.dropbox_emulator.core.contents import ContentStore
from local.dropbox_emulator.core.refusals import LookupRefused, WriteRefused
from local.dropbox_emulator.core.tree import Folder
from local.dropbox_emulator.core.view import View

PATHS = st.lists(st.sampled_from(["a", "B"]), min_size=1, max_size=3).map(lambda names: "/" + "/".join(names))
OPERATIONS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), PATHS),
        st.tuples(st.just("make_folder"), PATHS),
        st.tuples(st.just("delete"), PATHS),
        st.tuples(st.just("move"), PATHS, PATHS),
        st.tuples(st.just("follow")),
    ),
    min_size=5,
    max_size=20,
)


class Follower:
    """A client's copy of an account, kept as `list_folder`'s documentation says."""

    def __init__(self, view, limit):
        self.view = view
        self.state = {}
        self.cursor = listing.begin(view, files.ListFolderArg(path="", recursive=True, limit=limit))

    def follow(self):
        entries, cursor, has_more = listing.next_page(self.view, self.cursor)
        self.cursor = listing.resume(self.view, cursor.encode())
        for entry in entries:
            self._apply(entry)
        return has_more

    def _apply(self, entry):
        path = entry.path_lower
        if not isinstance(entry, files.FolderMetadata):
            self.state = {
                known: what for known, what in self.state.items() if not known.startswith(path + "/")
            }
        if isinstance(entry, files.DeletedMetadata):
            self.state.pop(path, None)
            return
        for length in range(1, path.count("/")):
            self.state.setdefault("/".join(path.split("/")[: length + 1]), "folder")
        self.state[path] = "folder" if isinstance(entry, files.FolderMetadata) else entry.rev


@pytest.fixture(scope="module")
def contents():
    store = ContentStore()
    yield store
    store.close()


# A folder that comes back empty must not bring back what it held.
@example(
    operations=[("write", "/a/b"), ("follow",), ("delete", "/a"), ("make_folder", "/a")],
    limit=500,
)
@given(operations=OPERATIONS, limit=st.sampled_from([1, 2, 500]))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_following_cursors_ends_with_the_account_s_state(contents, operations, limit):
    account = Account(Owner("alice", "a@example.com", "Alice"), contents, lambda: 0.0, lambda *_: None)
    follower = Follower(View(account, SYNCHRONISATION_APP), limit)
    bodies = itertools.count()

    for name, *paths in operations:
        if name == "follow":
            follower.follow()
            continue
        with suppress(LookupRefused, WriteRefused, ValueError):
            data = [b"%d" % next(bodies)] if name == "write" else []
            getattr(account, name)(*paths, *data)
    while follower.follow() or follower.cursor.position < len(account.tree.journal):
        pass

    assert follower.state == {
        entry.key: "folder" if isinstance(entry, Folder) else entry.revision.rev
        for entry in account.tree.root.walk()
    }
