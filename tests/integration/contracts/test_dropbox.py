"""What a drain may rely on of a Dropbox account, be it in memory or behind HTTP."""

from __future__ import annotations

import hashlib
import itertools
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from functions.auto_import.ports import Dropbox
from local.dropbox_emulator import AUTO_IMPORT_APP, Account, DropboxEmulator
from local.dropbox_emulator.core.contents import ContentStore
from shared.domain.cloud_files import Move, RemoteFile
from shared.domain.errors import DocumentChanged, DropboxRefused, FileGone, PathConflict
from shared.dropbox_api.gateway import DropboxAccount
from testing.fakes.dropbox import APP_FOLDER, FakeDropbox, open_account
from tests.integration.auto_import.conftest import refresh_token
from tests.integration.contracts.conftest import FAKE
from tests.unit.auto_import.drain_world import content_hash

FOLDER = "/Auto-Import"
_names = (f"user{number}" for number in itertools.count())


@dataclass
class Scene:
    """An account, as its owner changes it, and what the drain is given to see it through."""

    account: Account
    dropbox: Dropbox

    def drop(self, name: str, data: bytes = b"lunch") -> str:
        return self.account.write(f"{APP_FOLDER}{FOLDER}/{name}", data)

    def listed(self) -> list[RemoteFile]:
        return [file for page in self.dropbox.list_files(FOLDER) for file in page]

    def the_file(self) -> RemoteFile:
        [file] = self.listed()
        return file

    def names(self) -> set[str]:
        return {file.path.removeprefix(f"{FOLDER}/") for file in self.listed()}

    def tree(self) -> dict[str, bytes]:
        return {path.removeprefix(APP_FOLDER): data for path, data in self.account.tree_contents().items()}


@pytest.fixture(scope="module")
def emulator() -> Iterator[DropboxEmulator]:
    with DropboxEmulator() as emulator:
        yield emulator


@pytest.fixture
def scene(kind: str, emulator: DropboxEmulator, contents: ContentStore) -> Scene:
    if kind == FAKE:
        account = open_account("alice", contents, time.time)
        return Scene(account, FakeDropbox(account))
    account = emulator.add_account(next(_names))
    account.make_folder(f"{APP_FOLDER}{FOLDER}")
    token = refresh_token(emulator, account)
    dropbox = DropboxAccount(app_key=AUTO_IMPORT_APP.key, refresh_token=token, session=emulator.session())
    return Scene(account, dropbox)


def test_lists_a_file_with_what_the_drain_needs_to_know(scene: Scene) -> None:
    file_id = scene.drop("lunch.pdf", b"lunch")

    file = scene.the_file()

    assert (file.file_id, file.path, file.name) == (file_id, f"{FOLDER}/lunch.pdf", "lunch.pdf")
    assert (file.size, file.content_hash, file.is_downloadable) == (5, content_hash(b"lunch"), True)
    assert abs(file.server_modified - datetime.now(UTC)) < timedelta(minutes=1)


def test_lists_an_empty_folder_as_no_files(scene: Scene) -> None:
    assert scene.listed() == []


def test_lists_sub_folders_however_deep_and_no_folder_as_a_file(scene: Scene) -> None:
    scene.drop("a.pdf")
    scene.drop("Berlin trip/b.pdf")
    scene.drop("Berlin trip/Train/c.pdf")
    scene.account.make_folder(f"{APP_FOLDER}{FOLDER}/empty")

    assert scene.names() == {"a.pdf", "Berlin trip/b.pdf", "Berlin trip/Train/c.pdf"}


def test_lists_nothing_beside_the_folder(scene: Scene) -> None:
    scene.account.write(f"{APP_FOLDER}/Imported/old.pdf", b"old")
    scene.account.write(f"{APP_FOLDER}/Auto-Import 2/other.pdf", b"other")

    assert scene.listed() == []


def test_lists_every_file_once_over_several_pages(scene: Scene) -> None:
    for number in range(501):
        scene.drop(f"{number}.pdf", b"%d" % number)

    pages = list(scene.dropbox.list_files(FOLDER))

    assert len(pages) > 1
    assert sorted(file.name for page in pages for file in page) == sorted(f"{n}.pdf" for n in range(501))


def test_a_deleted_file_is_not_listed(scene: Scene) -> None:
    scene.drop("lunch.pdf")
    scene.account.delete(f"{APP_FOLDER}{FOLDER}/lunch.pdf")

    assert scene.listed() == []


def test_a_missing_folder_is_gone(scene: Scene) -> None:
    scene.account.delete(f"{APP_FOLDER}{FOLDER}")

    with pytest.raises(FileGone):
        scene.listed()


def test_a_file_in_the_folders_place_cannot_be_listed(scene: Scene) -> None:
    scene.account.delete(f"{APP_FOLDER}{FOLDER}")
    scene.account.write(f"{APP_FOLDER}{FOLDER}", b"a file")

    with pytest.raises(DropboxRefused) as refused:
        scene.listed()

    assert refused.value.tag == "path/not_folder"


def test_a_folder_whose_name_differs_only_in_case_is_the_same_folder(scene: Scene) -> None:
    scene.account.move(f"{APP_FOLDER}{FOLDER}", f"{APP_FOLDER}/auto-IMPORT")
    scene.account.write(f"{APP_FOLDER}/auto-import/lunch.pdf", b"lunch")

    assert scene.the_file().path.casefold() == f"{FOLDER}/lunch.pdf".casefold()


def test_names_that_differ_only_in_case_are_one_file(scene: Scene) -> None:
    first = scene.drop("Lunch.pdf", b"one")
    second = scene.drop("lunch.PDF", b"two")

    file = scene.the_file()

    assert first == second == file.file_id
    assert (file.name, file.content_hash) == ("Lunch.pdf", content_hash(b"two"))


def test_composed_and_decomposed_accents_are_one_name_shown_as_first_written(scene: Scene) -> None:
    decomposed = unicodedata.normalize("NFD", "reçu.pdf")
    scene.drop(decomposed, b"one")
    scene.drop("reçu.pdf", b"two")

    file = scene.the_file()

    assert (file.name, file.content_hash) == (decomposed, content_hash(b"two"))


def test_a_document_that_is_not_downloadable_says_so(scene: Scene) -> None:
    scene.account.write_cloud_document(f"{APP_FOLDER}{FOLDER}/notes.paper")

    assert not scene.the_file().is_downloadable


def test_finds_a_file_by_its_id_wherever_it_lies(scene: Scene) -> None:
    file_id = scene.drop("lunch.pdf")
    scene.account.move(f"{APP_FOLDER}{FOLDER}/lunch.pdf", f"{APP_FOLDER}/elsewhere/dinner.pdf")

    found = scene.dropbox.find(file_id)

    assert found is not None
    assert (found.file_id, found.path) == (file_id, "/elsewhere/dinner.pdf")


def test_finds_what_a_file_holds_now(scene: Scene) -> None:
    file_id = scene.drop("lunch.pdf", b"one")
    scene.drop("lunch.pdf", b"two")

    found = scene.dropbox.find(file_id)

    assert found is not None
    assert found.content_hash == content_hash(b"two")


def test_finds_neither_a_deleted_file_nor_a_folder_nor_an_unknown_id(scene: Scene) -> None:
    deleted = scene.drop("lunch.pdf")
    scene.account.delete(f"{APP_FOLDER}{FOLDER}/lunch.pdf")
    folder = scene.account.make_folder(f"{APP_FOLDER}{FOLDER}/trip")

    found = [scene.dropbox.find(entry_id) for entry_id in (deleted, folder, "id:AAAAAAAAAAAAAAAAAAAAAA")]

    assert found == [None, None, None]


def test_makes_a_folder_once_and_with_its_parents(scene: Scene) -> None:
    scene.account.delete(f"{APP_FOLDER}{FOLDER}")

    for _ in range(2):
        scene.dropbox.ensure_folder(FOLDER)
        scene.dropbox.ensure_folder("/deep/er")

    assert {f"{APP_FOLDER}{FOLDER}", f"{APP_FOLDER}/deep/er"} <= scene.account.folders()


def test_a_folder_in_other_case_is_there_already(scene: Scene) -> None:
    scene.dropbox.ensure_folder("/AUTO-import")

    assert [path for path in scene.account.folders() if path.casefold().endswith("import")] == [
        f"{APP_FOLDER}{FOLDER}"
    ]


@pytest.mark.parametrize(
    ("path", "tag"), [("/taken", "path/conflict/file"), ("/taken/below", "path/conflict/file_ancestor")]
)
def test_a_file_in_the_way_of_a_folder_is_a_conflict(scene: Scene, path: str, tag: str) -> None:
    scene.account.write(f"{APP_FOLDER}/taken", b"a file")

    with pytest.raises(PathConflict) as conflict:
        scene.dropbox.ensure_folder(path)

    assert conflict.value.tag == tag


def test_downloads_the_bytes_that_were_listed(scene: Scene, tmp_path: Path) -> None:
    data = bytes(range(256)) * 20_000  # more than one block of Dropbox's hash
    scene.drop("photo.jpg", data)

    download = scene.dropbox.download(scene.the_file(), tmp_path / "document")

    assert download.path.read_bytes() == data
    assert (download.sha256, download.size) == (hashlib.sha256(data).hexdigest(), len(data))


def test_downloads_an_empty_file(scene: Scene, tmp_path: Path) -> None:
    scene.drop("empty.pdf", b"")

    download = scene.dropbox.download(scene.the_file(), tmp_path / "document")

    assert (download.path.read_bytes(), download.size) == (b"", 0)


def test_downloads_a_file_that_was_moved_since_it_was_listed(scene: Scene, tmp_path: Path) -> None:
    scene.drop("lunch.pdf", b"lunch")
    listed = scene.the_file()
    scene.account.move(f"{APP_FOLDER}{FOLDER}/lunch.pdf", f"{APP_FOLDER}{FOLDER}/renamed.pdf")

    download = scene.dropbox.download(listed, tmp_path / "document")

    assert download.path.read_bytes() == b"lunch"


def test_a_file_replaced_since_it_was_listed_is_not_downloaded(scene: Scene, tmp_path: Path) -> None:
    scene.drop("lunch.pdf", b"one")
    listed = scene.the_file()
    scene.drop("lunch.pdf", b"two")

    with pytest.raises(DocumentChanged):
        scene.dropbox.download(listed, tmp_path / "document")


def test_a_file_deleted_since_it_was_listed_is_gone(scene: Scene, tmp_path: Path) -> None:
    scene.drop("lunch.pdf")
    listed = scene.the_file()
    scene.account.delete(f"{APP_FOLDER}{FOLDER}/lunch.pdf")

    with pytest.raises(FileGone):
        scene.dropbox.download(listed, tmp_path / "document")


def test_a_file_written_anew_under_the_same_name_is_another_file(scene: Scene, tmp_path: Path) -> None:
    scene.drop("lunch.pdf")
    listed = scene.the_file()
    scene.account.delete(f"{APP_FOLDER}{FOLDER}/lunch.pdf")
    scene.drop("lunch.pdf")

    assert scene.the_file().file_id != listed.file_id
    with pytest.raises(FileGone):
        scene.dropbox.download(listed, tmp_path / "document")


def test_a_document_that_is_not_downloadable_is_refused(scene: Scene, tmp_path: Path) -> None:
    scene.account.write_cloud_document(f"{APP_FOLDER}{FOLDER}/notes.paper")

    with pytest.raises(DropboxRefused) as refused:
        scene.dropbox.download(scene.the_file(), tmp_path / "document")

    assert refused.value.tag == "unsupported_file"


def test_moves_a_file_by_its_id_into_folders_that_are_not_there_yet(scene: Scene) -> None:
    file_id = scene.drop("lunch.pdf", b"lunch")
    move = Move(file_id, "/Imported/2026-11/Berlin trip/lunch.pdf")

    [result] = scene.dropbox.move([move])

    assert result.move == move
    assert result.error is None
    assert result.moved is not None
    assert (result.moved.file_id, result.moved.path) == (file_id, move.to_path)
    assert result.moved.content_hash == content_hash(b"lunch")
    assert scene.tree() == {move.to_path: b"lunch"}


def test_moves_a_file_from_wherever_it_lies_now(scene: Scene) -> None:
    file_id = scene.drop("lunch.pdf", b"lunch")
    scene.account.move(f"{APP_FOLDER}{FOLDER}/lunch.pdf", f"{APP_FOLDER}/elsewhere/lunch.pdf")

    scene.dropbox.move([Move(file_id, "/Imported/lunch.pdf")])

    assert scene.tree() == {"/Imported/lunch.pdf": b"lunch"}


def test_a_move_tells_what_was_really_moved(scene: Scene) -> None:
    file_id = scene.drop("lunch.pdf", b"one")
    scene.drop("lunch.pdf", b"two")

    [result] = scene.dropbox.move([Move(file_id, "/Imported/lunch.pdf")])

    assert result.moved is not None
    assert result.moved.content_hash == content_hash(b"two")


def test_a_taken_name_gets_the_next_number_and_nothing_is_overwritten(scene: Scene) -> None:
    scene.account.write(f"{APP_FOLDER}/Imported/lunch.pdf", b"theirs")
    moves = [Move(scene.drop(f"{number}.pdf", b"%d" % number), "/Imported/LUNCH.pdf") for number in range(2)]

    results = scene.dropbox.move(moves)

    assert [result.moved.path for result in results if result.moved] == [
        "/Imported/LUNCH (1).pdf",
        "/Imported/LUNCH (2).pdf",
    ]
    assert scene.tree()["/Imported/lunch.pdf"] == b"theirs"
    assert len(scene.tree()) == 3


def test_a_name_is_taken_also_in_other_case_or_composition(scene: Scene) -> None:
    scene.account.write(f"{APP_FOLDER}/Imported/reçu.pdf", b"theirs")
    file_id = scene.drop("x.pdf")

    [result] = scene.dropbox.move([Move(file_id, f"/Imported/{unicodedata.normalize('NFD', 'REÇU')}.pdf")])

    assert result.moved is not None
    assert " (1).pdf" in result.moved.path


def test_a_folder_takes_a_name_too(scene: Scene) -> None:
    scene.account.make_folder(f"{APP_FOLDER}/Imported/lunch.pdf")
    file_id = scene.drop("lunch.pdf")

    [result] = scene.dropbox.move([Move(file_id, "/Imported/lunch.pdf")])

    assert result.moved is not None
    assert result.moved.path == "/Imported/lunch (1).pdf"


def test_folders_that_differ_only_in_case_are_one(scene: Scene) -> None:
    scene.account.make_folder(f"{APP_FOLDER}/IMPORTED/Trip")
    file_id = scene.drop("lunch.pdf")

    [result] = scene.dropbox.move([Move(file_id, "/Imported/trip/lunch.pdf")])

    assert result.moved is not None
    assert result.moved.path.casefold() == "/imported/trip/lunch.pdf"
    assert list(scene.tree()) == ["/IMPORTED/Trip/lunch.pdf"]


def test_each_move_of_many_succeeds_or_fails_by_itself(scene: Scene) -> None:
    scene.account.write(f"{APP_FOLDER}/Rejected", b"a file")
    gone, blocked, fine = (scene.drop(f"{number}.pdf", b"%d" % number) for number in range(3))
    scene.account.delete(f"{APP_FOLDER}{FOLDER}/0.pdf")

    results = scene.dropbox.move(
        [
            Move(gone, "/Imported/0.pdf"),
            Move(blocked, "/Rejected/Damaged/1.pdf"),
            Move(fine, "/Imported/2.pdf"),
        ]
    )

    assert [type(result.error) for result in results] == [FileGone, PathConflict, type(None)]
    assert [result.moved is None for result in results] == [True, True, False]
    assert isinstance(results[1].error, PathConflict)
    assert results[1].error.tag.endswith("to/conflict/file_ancestor")
    assert set(scene.tree()) == {"/Rejected", f"{FOLDER}/1.pdf", "/Imported/2.pdf"}


def test_a_name_that_dropbox_would_not_store_is_refused(scene: Scene) -> None:
    file_id = scene.drop("lunch.pdf")

    [result] = scene.dropbox.move([Move(file_id, f"/Imported/{'x' * 256}")])

    assert result.moved is None
    assert isinstance(result.error, DropboxRefused)
    assert result.error.tag.endswith("to/malformed_path")


def test_moving_nothing_does_nothing(scene: Scene) -> None:
    assert scene.dropbox.move([]) == []
