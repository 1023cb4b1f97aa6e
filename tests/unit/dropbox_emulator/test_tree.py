"""The tree of an account: identity, revisions, journal."""

from datetime import datetime

import pytest

from local.dropbox_emulator.core.contents import Content
from local.dropbox_emulator.core.refusals import (
    FILE_ANCESTOR,
    FILE_IN_THE_WAY,
    FOLDER_IN_THE_WAY,
    WriteRefused,
)
from local.dropbox_emulator.core.tree import Tree

NOW = datetime(2026, 11, 22, 10, 0, 0)  # noqa: DTZ001 - Dropbox's times are naive UTC
SOME = Content("0" * 64, 10)
OTHER = Content("1" * 64, 25)


@pytest.fixture
def changes():
    return []


@pytest.fixture
def tree(changes):
    return Tree(lambda: NOW, changes.append)


def write(tree, path, content=SOME):
    *folders, name = path.strip("/").split("/")
    return tree.write_file(tree.make_folder(tuple(folders)), name, content, None)


def test_a_file_keeps_its_id_and_changes_its_rev_when_overwritten(tree):
    file = write(tree, "/a.pdf")
    first_id, first_rev = file.id, file.revision.rev

    again = write(tree, "/A.PDF", OTHER)

    assert (again.id, again.name) == (first_id, "a.pdf")
    assert again.revision.rev != first_rev
    assert tree.revisions[first_rev][1].content == SOME


def test_a_moved_folder_takes_everything_along_under_the_same_ids(tree):
    file = write(tree, "/old/deep/a.pdf")
    folder = tree.find(("old",))

    tree.move(folder, tree.make_folder(("new",)), "Renamed")

    assert tree.by_id(file.id) is file
    assert file.path == "/new/Renamed/deep/a.pdf"
    assert tree.find(("old",)) is None
    assert set(tree.deleted) == {"/old", "/old/deep", "/old/deep/a.pdf"}


def test_a_move_gives_a_new_rev_but_the_same_content(tree):
    file = write(tree, "/a.pdf")
    before = file.revision

    tree.move(file, tree.make_folder(("b",)), "a.pdf")

    assert file.revision.rev != before.rev
    assert (file.revision.content, file.revision.server_modified) == (before.content, before.server_modified)


def test_renaming_only_the_case_leaves_no_deleted_entry(tree):
    file = write(tree, "/a.pdf")

    tree.move(file, tree.root, "A.pdf")

    assert file.path == "/A.pdf"
    assert tree.deleted == {}


def test_deleting_a_folder_deletes_what_it_holds(tree):
    file = write(tree, "/f/a.pdf")
    write(tree, "/b.pdf", OTHER)

    tree.remove(tree.find(("f",)))

    assert tree.by_id(file.id) is None
    assert tree.used == OTHER.size
    assert tree.deleted == {"/f": "/f", "/f/a.pdf": "/f/a.pdf"}


def test_something_new_at_a_deleted_path_has_another_id_and_is_no_longer_deleted(tree):
    file = write(tree, "/a.pdf")
    tree.remove(file)

    again = write(tree, "/a.pdf")

    assert again.id != file.id
    assert tree.deleted == {}


def test_every_change_is_told_and_journalled(tree, changes):
    file = write(tree, "/F/A.pdf")
    tree.move(file, tree.root, "b.pdf")

    assert changes == tree.journal == ["/f", "/f/a.pdf", "/f/a.pdf", "/b.pdf"]


def test_a_copy_has_ids_of_its_own(tree):
    file = write(tree, "/f/a.pdf")

    copied = tree.copy(tree.find(("f",)), tree.root, "g")

    assert tree.find(("g", "a.pdf")).id != file.id
    assert copied.path == "/g"
    assert tree.used == 2 * SOME.size


@pytest.mark.parametrize(("names", "error"), [(("a.pdf", "b"), FILE_ANCESTOR), (("a.pdf",), FILE_IN_THE_WAY)])
def test_a_file_in_the_way_of_a_folder_is_named(tree, names, error):
    write(tree, "/a.pdf")

    with pytest.raises(WriteRefused) as refused:
        tree.make_folder(names)

    assert refused.value.error == error


def test_a_file_cannot_replace_a_folder(tree):
    tree.make_folder(("f",))

    with pytest.raises(WriteRefused) as refused:
        write(tree, "/f")

    assert refused.value.error == FOLDER_IN_THE_WAY
