"""The mirror: the API's changes show on the disk, a person's changes on the disk reach the API."""

import logging
import os

import pytest
from dropbox import files

from local.dropbox_emulator import (
    AUTO_IMPORT_APP,
    SYNCHRONISATION_APP,
    DropboxEmulator,
    MirrorPolicy,
    TeamSpace,
)

ROOT = "/Apps/Jenji"


@pytest.fixture
def settle():
    return 0.1


# For what must be seen while a change has not settled, however slow the machine.
slowly = pytest.mark.parametrize("settle", [0.6])


@pytest.fixture
def emulator(tmp_path, clock, settle):
    policy = MirrorPolicy(poll=0.02, settle=settle)
    with DropboxEmulator(tmp_path, clock=clock, mirror_policy=policy) as emulator:
        yield emulator


@pytest.fixture
def folder(tmp_path, client):
    """Where Alice's app folder shows on the disk."""
    return tmp_path / "alice" / "Apps" / "Jenji"


def paths_in(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def files_of(alice):
    return {path.removeprefix(ROOT): data for path, data in alice.tree_contents().items()}


def test_an_upload_shows_on_the_disk_at_once(client, folder):
    client.files_upload(b"hello", "/Auto-Import/a.pdf")

    assert (folder / "Auto-Import" / "a.pdf").read_bytes() == b"hello"


def test_an_app_folder_shows_under_the_name_of_the_account_s_language(emulator, connect, tmp_path):
    account = emulator.add_account("elsa", locale="sv")

    connect(AUTO_IMPORT_APP, account).files_upload(b"hello", "/a.pdf")

    assert (tmp_path / "elsa" / "Appar" / "Jenji" / "a.pdf").read_bytes() == b"hello"


def test_a_member_s_folder_shows_in_the_team_space(emulator, connect, tmp_path):
    account = emulator.add_account("bea", display_name="Bea Martin", team=TeamSpace())

    connect(SYNCHRONISATION_APP, account).files_upload(b"hello", "/a.pdf")

    assert (tmp_path / "bea" / "Bea Martin" / "a.pdf").read_bytes() == b"hello"


def test_a_change_of_case_shows_on_the_disk_at_once(client, folder):
    client.files_upload(b"hello", "/receipts/a.pdf")

    client.files_move_v2("/receipts", "/Receipts")

    assert paths_in(folder) == {"Receipts", "Receipts/a.pdf"}


def test_moves_and_deletions_show_on_the_disk_at_once(client, folder):
    client.files_upload(b"1", "/Auto-Import/a.pdf")
    client.files_upload(b"2", "/Auto-Import/trip/b.pdf")

    client.files_move_batch_v2([files.RelocationPath("/Auto-Import/a.pdf", "/Imported/2026/a.pdf")])
    client.files_move_v2("/Auto-Import/trip", "/Kept")
    client.files_delete_v2("/Auto-Import")

    assert paths_in(folder) == {"Imported", "Imported/2026", "Imported/2026/a.pdf", "Kept", "Kept/b.pdf"}


def test_what_is_copied_in_becomes_a_change(client, alice, folder, eventually):
    (folder / "Auto-Import" / "trip").mkdir(parents=True)
    (folder / "Auto-Import" / "trip" / "a.pdf").write_bytes(b"hello")

    eventually(lambda: files_of(alice) == {"/Auto-Import/trip/a.pdf": b"hello"})

    (entry,) = client.files_list_folder("/Auto-Import/trip").entries
    assert client.files_download(entry.id)[1].content == b"hello"


def test_the_emulator_s_own_writes_are_no_changes(client, alice, folder, emulator, eventually):
    uploaded = client.files_upload(b"hello", "/a.pdf")
    position = len(alice.tree.journal)

    (folder / "marker").write_bytes(b"")
    eventually(lambda: "/marker" in files_of(alice))

    assert len(alice.tree.journal) == position + 1
    assert client.files_get_metadata("/a.pdf") == uploaded


@slowly
def test_a_file_still_being_written_is_not_seen(alice, folder, eventually):
    (folder / "marker").write_bytes(b"")
    with (folder / "scan.pdf").open("wb") as scan:

        def write_until_the_marker_is_seen():
            scan.write(b"x")
            scan.flush()
            return "/marker" in files_of(alice)

        eventually(write_until_the_marker_is_seen)
        assert "/scan.pdf" not in files_of(alice)
        scan.write(b"the end")

    eventually(lambda: files_of(alice).get("/scan.pdf", b"").endswith(b"xthe end"))


def test_a_rename_on_the_disk_keeps_the_id(client, alice, folder, eventually):
    uploaded = client.files_upload(b"1", "/a.pdf")

    (folder / "a.pdf").rename(folder / "b.pdf")
    eventually(lambda: set(files_of(alice)) == {"/b.pdf"})

    assert client.files_get_metadata("/b.pdf").id == uploaded.id


def test_a_renamed_folder_keeps_every_id(client, alice, folder, eventually):
    uploaded = client.files_upload(b"1", "/old/deep/a.pdf")

    (folder / "old").rename(folder / "new")
    eventually(lambda: set(files_of(alice)) == {"/new/deep/a.pdf"})

    assert client.files_get_metadata("/new/deep/a.pdf").id == uploaded.id


def test_renaming_only_the_case_changes_the_display(client, alice, folder, eventually):
    uploaded = client.files_upload(b"1", "/a.pdf")

    (folder / "a.pdf").rename(folder / "A.PDF")
    eventually(lambda: set(files_of(alice)) == {"/A.PDF"})

    assert client.files_get_metadata("/a.pdf").id == uploaded.id


@pytest.mark.parametrize("in_place", [True, False])
def test_a_replaced_file_keeps_its_id_and_gets_a_new_rev(client, alice, folder, eventually, in_place):
    uploaded = client.files_upload(b"1", "/a.pdf")

    if in_place:
        (folder / "a.pdf").write_bytes(b"22")
    else:
        (folder / ".~a.tmp").write_bytes(b"22")
        (folder / ".~a.tmp").rename(folder / "a.pdf")
    eventually(lambda: files_of(alice) == {"/a.pdf": b"22"})

    replaced = client.files_get_metadata("/a.pdf")
    assert replaced.id == uploaded.id
    assert replaced.rev != uploaded.rev


def test_touching_a_file_is_no_change(client, alice, folder, eventually):
    uploaded = client.files_upload(b"1", "/a.pdf")

    os.utime(folder / "a.pdf", (1, 1))
    (folder / "marker").write_bytes(b"")
    eventually(lambda: "/marker" in files_of(alice))

    assert client.files_get_metadata("/a.pdf").rev == uploaded.rev


def test_deletions_on_the_disk_become_deletions(client, alice, folder, eventually):
    client.files_upload(b"1", "/f/a.pdf")
    client.files_upload(b"2", "/b.pdf")

    (folder / "f" / "a.pdf").unlink()
    (folder / "f").rmdir()
    eventually(lambda: set(files_of(alice)) == {"/b.pdf"} and f"{ROOT}/f" not in alice.folders())

    assert [entry.name for entry in client.files_list_folder("").entries] == ["b.pdf"]


def test_what_dropbox_would_not_synchronise_is_left_alone(alice, folder, eventually, caplog):
    caplog.set_level(logging.WARNING)
    (folder / "link.pdf").symlink_to("/etc/hostname")
    os.mkfifo(folder / "pipe")
    (folder / "back\\slash.pdf").write_bytes(b"1")
    for name in (".DS_Store", "~$a.xlsx", ".~lock.pdf", "a.pdf.part"):
        (folder / name).write_bytes(b"1")
    (folder / "good.pdf").write_bytes(b"1")

    eventually(lambda: set(files_of(alice)) == {"/good.pdf"})

    named = " ".join(record.getMessage() for record in caplog.records)
    assert "link.pdf" in named
    assert "pipe" in named
    assert "slash.pdf" in named
    assert (folder / "link.pdf").is_symlink()


def test_names_that_differ_only_in_case_are_not_merged(client, alice, folder, eventually, caplog):
    client.files_upload(b"1", "/a.pdf")

    (folder / "A.pdf").write_bytes(b"2")
    eventually(lambda: "differs only in case" in caplog.text)

    assert files_of(alice) == {"/a.pdf": b"1"}
    assert (folder / "A.pdf").read_bytes() == b"2"


@slowly
def test_a_person_s_unsettled_change_is_never_overwritten(client, alice, folder, eventually):
    client.files_upload(b"old", "/a.pdf")
    (folder / "a.pdf").write_bytes(b"a person's")

    client.files_upload(b"the app's", "/a.pdf", mode=files.WriteMode.overwrite)

    assert (folder / "a.pdf").read_bytes() == b"a person's"
    eventually(lambda: files_of(alice) == {"/a.pdf": b"a person's"})


@slowly
def test_a_file_replaced_while_it_is_moved_away_comes_in_as_a_new_one(client, alice, folder, eventually):
    uploaded = client.files_upload(b"old", "/Auto-Import/a.pdf")
    (folder / "Auto-Import" / "a.pdf").write_bytes(b"newer")

    client.files_move_v2(uploaded.id, "/Imported/a.pdf")

    eventually(lambda: files_of(alice) == {"/Imported/a.pdf": b"old", "/Auto-Import/a.pdf": b"newer"})
    assert (folder / "Imported" / "a.pdf").read_bytes() == b"old"


@slowly
def test_a_deleted_folder_stays_while_it_holds_a_person_s_new_file(client, alice, folder, eventually):
    client.files_upload(b"1", "/f/a.pdf")
    (folder / "f" / "mine.pdf").write_bytes(b"2")

    client.files_delete_v2("/f")

    assert paths_in(folder) == {"f", "f/mine.pdf"}
    eventually(lambda: files_of(alice) == {"/f/mine.pdf": b"2"})


def test_a_file_where_the_dropbox_has_a_folder_steps_aside(client, alice, folder, eventually):
    (folder / "f").write_bytes(b"a person's file")
    client.files_upload(b"the app's", "/f/a.pdf")

    eventually(
        lambda: files_of(alice) == {"/f/a.pdf": b"the app's", "/f (conflicted copy)": b"a person's file"}
    )

    eventually(lambda: paths_in(folder) == {"f", "f/a.pdf", "f (conflicted copy)"})


def test_a_folder_that_becomes_a_file_is_replaced(client, alice, folder, eventually):
    client.files_upload(b"1", "/f/a.pdf")

    (folder / "f" / "a.pdf").unlink()
    (folder / "f").rmdir()
    (folder / "f").write_bytes(b"2")

    eventually(lambda: files_of(alice) == {"/f": b"2"})


def test_hostile_names_pass_both_ways(client, alice, folder, eventually):
    names = [
        "été 🧾.pdf",
        "a\nb.pdf",
        'quote".pdf',
        "\u202egpj.exe",
        "-rf",
        "re\u0301sume\u0301.pdf",
        "%2e%2e",
    ]
    for name in names[:3]:
        client.files_upload(b"api", f"/{name}")
    for name in names[3:]:
        (folder / name).write_bytes(b"disk")

    eventually(lambda: set(files_of(alice)) == {f"/{name}" for name in names})

    assert paths_in(folder) == set(names)


def test_a_name_too_long_for_the_disk_still_works_over_the_api(client, folder):
    client.files_upload(b"1", f"/{'é' * 200}.pdf")

    assert client.files_download(f"/{'é' * 200}.pdf")[1].content == b"1"
    assert paths_in(folder) == set()


def test_what_lies_there_at_the_start_is_taken_in(tmp_path, eventually):
    (tmp_path / "bob" / "f").mkdir(parents=True)
    (tmp_path / "bob" / "f" / "a.pdf").write_bytes(b"1")

    with DropboxEmulator(tmp_path, mirror_policy=MirrorPolicy(poll=0.02, settle=0.02)) as emulator:
        bob = emulator.add_account("bob")
        eventually(lambda: bob.tree_contents() == {"/f/a.pdf": b"1"})

    assert (tmp_path / "bob" / "f" / "a.pdf").exists()
    assert not (tmp_path / ".staging").exists()


def test_a_drop_on_the_disk_is_notified(emulator, alice, folder, receiver, eventually):
    emulator.register_webhook(AUTO_IMPORT_APP.key, receiver.url)

    (folder / "a.pdf").write_bytes(b"1")

    eventually(lambda: receiver.accounts() == [[alice.id]])
