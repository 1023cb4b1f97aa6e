"""rclone, unmodified: what it says it did is what lies in the account, and the other way round."""

from __future__ import annotations

import json
import os
import threading
import time
from pathlib import Path

import pytest

from local.dropbox_emulator import Account, App, DropboxEmulator, Fault, RateLimited, Status
from tests.rclone import Rclone, rclone_of

FILES = {
    "receipt.pdf": b"a receipt",
    "empty": b"",
    "Berlin trip/taxi é.jpg": b"a taxi",
    "Berlin trip/nested/deep/train (1).pdf": b"a train",
    "emoji 🧾/#100%.txt": b"odd",
}


@pytest.fixture
def rclone(emulator: DropboxEmulator, alice: Account, app: App, tmp_path: Path) -> Rclone:
    return rclone_of(emulator, alice, app, tmp_path)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    write(folder, FILES)
    return folder


def write(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def inside(account: Account, folder: str) -> dict[str, bytes]:
    """The files of a folder by their path in it."""
    contents = account.tree_contents()
    return {path[len(folder) + 1 :]: data for path, data in contents.items() if path.startswith(f"{folder}/")}


@pytest.mark.parametrize("mode", ["off", "sync", "async"])
def test_copies_up_and_down(
    rclone: Rclone, documents: Path, alice: Account, root: str, tmp_path: Path, mode: str
) -> None:
    write(documents, {"large.bin": bytes(range(256)) * 10_000})

    upload = ["--dropbox-batch-mode", mode, "--dropbox-chunk-size", "1Mi", "--no-traverse"]
    rclone("copy", documents, "dropbox:in", *upload)
    rclone("copy", "dropbox:in", tmp_path / "back")

    assert inside(alice, f"{root}/in") == below(documents)
    assert below(tmp_path / "back") == below(documents)
    rclone("check", documents, "dropbox:in")


def test_keeps_the_time_of_modification(rclone: Rclone, documents: Path, tmp_path: Path) -> None:
    os.utime(documents / "receipt.pdf", (1_600_000_000, 1_600_000_000))

    rclone("copy", documents, "dropbox:in")
    rclone("copy", "dropbox:in", tmp_path / "back")

    assert (tmp_path / "back/receipt.pdf").stat().st_mtime == 1_600_000_000


def test_a_second_copy_sends_nothing(rclone: Rclone, documents: Path) -> None:
    rclone("copy", documents, "dropbox:in")
    rclone.emulator.calls.clear()

    rclone("copy", documents, "dropbox:in")

    assert not [call for call in rclone.emulator.calls.records() if "upload" in call.route]


def test_synchronises(rclone: Rclone, documents: Path, alice: Account, root: str) -> None:
    rclone("copy", documents, "dropbox:in")
    alice.write(f"{root}/in/superfluous.pdf", b"1")
    write(documents, {"receipt.pdf": b"changed"})
    (documents / "empty").unlink()

    rclone("sync", documents, "dropbox:in")

    assert inside(alice, f"{root}/in") == below(documents)


def test_finds_differences(rclone: Rclone, documents: Path, alice: Account, root: str) -> None:
    rclone("copy", documents, "dropbox:in")
    alice.write(f"{root}/in/receipt.pdf", b"A RECEIPT")
    alice.delete(f"{root}/in/empty")

    errors = rclone.fails("check", documents, "dropbox:in")

    assert "receipt.pdf: dropbox differ" in errors
    assert "2 differences found" in errors


def test_moves_files_and_folders(rclone: Rclone, alice: Account, root: str, tmp_path: Path) -> None:
    for name, data in FILES.items():
        alice.write(f"{root}/in/{name}", data)

    rclone("moveto", "dropbox:in/receipt.pdf", "dropbox:in/renamed.pdf")
    rclone("move", "dropbox:in/Berlin trip", "dropbox:out/trip")
    rclone("move", "dropbox:in", tmp_path / "here", "--delete-empty-src-dirs")

    assert inside(alice, f"{root}/out/trip") == {
        "taxi é.jpg": b"a taxi",
        "nested/deep/train (1).pdf": b"a train",
    }
    assert below(tmp_path / "here") == {
        "renamed.pdf": b"a receipt",
        "empty": b"",
        "emoji 🧾/#100%.txt": b"odd",
    }
    assert inside(alice, f"{root}/in") == {}


def test_changes_only_the_case_of_a_name(rclone: Rclone, alice: Account, root: str) -> None:
    alice.write(f"{root}/in/a.pdf", b"1")

    rclone("moveto", "dropbox:in/a.pdf", "dropbox:in/A.pdf")

    assert inside(alice, f"{root}/in") == {"A.pdf": b"1"}


def test_copies_within_dropbox(rclone: Rclone, alice: Account, root: str) -> None:
    alice.write(f"{root}/a.pdf", b"1")

    rclone("copyto", "dropbox:a.pdf", "dropbox:copies/b.pdf")

    assert alice.read(f"{root}/copies/b.pdf") == b"1"
    assert rclone.emulator.calls.count("files/copy_v2", status=200) == 1
    assert rclone.emulator.calls.count("files/download") == 0


def test_deletes_files_and_purges_folders(rclone: Rclone, alice: Account, root: str) -> None:
    for name, data in FILES.items():
        alice.write(f"{root}/in/{name}", data)

    rclone("deletefile", "dropbox:in/receipt.pdf")
    rclone("delete", "dropbox:in/Berlin trip")
    after_deleting = alice.folders()
    rclone("purge", "dropbox:in")

    assert f"{root}/in/Berlin trip/nested/deep" in after_deleting
    assert alice.tree_contents() == {}
    assert f"{root}/in" not in alice.folders()


def test_makes_and_removes_folders(rclone: Rclone, alice: Account, root: str) -> None:
    rclone("mkdir", "dropbox:a/b")
    rclone("mkdir", "dropbox:a/b")
    made = alice.folders()
    rclone("rmdir", "dropbox:a/b")
    alice.write(f"{root}/a/file", b"1")

    assert f"{root}/a/b" in made
    assert f"{root}/a/b" not in alice.folders()
    assert "directory not empty" in rclone.fails("rmdir", "dropbox:a")


def test_tells_what_is_there(rclone: Rclone, alice: Account, root: str) -> None:
    file_id = alice.write(f"{root}/a/b.pdf", b"12345")

    folder, file = sorted(
        json.loads(rclone("lsjson", "--recursive", "--hash", "dropbox:")), key=lambda entry: entry["Path"]
    )[-2:]

    assert (folder["Path"], folder["IsDir"]) == ("a", True)
    assert (file["Path"], file["Size"], file["ID"]) == ("a/b.pdf", 5, file_id)
    assert file["Hashes"] == {"dropbox": alice.content_hashes()[f"{root}/a/b.pdf"]}
    assert rclone("cat", "dropbox:a/b.pdf") == "12345"
    assert rclone("cat", "--offset", "1", "--count", "3", "dropbox:a/b.pdf") == "234"
    assert json.loads(rclone("size", "--json", "dropbox:a"))["bytes"] == 5


def test_lists_more_than_a_page(rclone: Rclone, alice: Account, root: str) -> None:
    for number in range(1100):
        alice.write(f"{root}/in/{number}", b"")

    listed = rclone("lsf", "dropbox:in").split()

    assert sorted(listed, key=int) == [str(number) for number in range(1100)]
    assert rclone.emulator.calls.count("files/list_folder/continue") == 1


def test_tells_how_much_room_is_left(rclone: Rclone, alice: Account) -> None:
    alice.write("/elsewhere", b"12345")
    alice.quota = 1000

    assert json.loads(rclone("about", "--json", "dropbox:")) == {"total": 1000, "used": 5, "free": 995}


def test_works_in_the_namespace_it_is_told(rclone: Rclone, alice: Account, root: str) -> None:
    alice.write(f"{root}/a.pdf", b"1")

    assert rclone("cat", "dropbox:/a.pdf") == "1"
    assert "no_permission" in rclone.fails("ls", "--dropbox-root-namespace", "123", "dropbox:")


def test_shares_links(rclone: Rclone, alice: Account, root: str) -> None:
    alice.write(f"{root}/a/b.pdf", b"1")

    link = rclone("link", "dropbox:a/b.pdf")
    again = rclone("link", "--expire", "1d", "dropbox:a/b.pdf")

    assert link.startswith("https://www.dropbox.com/scl/fi/")
    assert again == link
    assert rclone("link", "dropbox:a").startswith("https://www.dropbox.com/scl/fo/")
    assert "path/not_found" in rclone.fails("link", "dropbox:none")


def test_sees_nothing_shared_by_others(rclone: Rclone) -> None:
    assert rclone("lsf", "--dropbox-shared-folders", "dropbox:") == ""
    assert rclone("lsf", "--dropbox-shared-files", "dropbox:") == ""
    assert "not found" in rclone.fails("lsf", "--dropbox-shared-folders", "dropbox:team")


def test_exports_cloud_documents(rclone: Rclone, alice: Account, root: str, tmp_path: Path) -> None:
    alice.write_cloud_document(f"{root}/notes.paper", "markdown", b"# Notes")

    rclone("copy", "dropbox:", tmp_path / "back")

    assert below(tmp_path / "back") == {"notes.md": b"# Notes"}


def test_hears_of_changes(rclone: Rclone, alice: Account, root: str) -> None:
    alice.make_folder(f"{root}/in")
    with rclone.start("test", "changenotify", "dropbox:", "--poll-interval", "10ms", "-v") as process:
        assert process.stderr is not None
        try:
            wait_for_call(rclone.emulator, "files/list_folder/get_latest_cursor")
            alice.write(f"{root}/in/new.pdf", b"1")
            line = next(line for line in process.stderr if "new.pdf" in line)
        finally:
            process.kill()

    assert "in/new.pdf" in line
    assert rclone.emulator.calls.count("files/list_folder/longpoll", status=200) >= 1


def wait_for_call(emulator: DropboxEmulator, route: str) -> None:
    deadline = time.monotonic() + 10
    pause = threading.Event()
    while not emulator.calls.count(route):
        assert time.monotonic() < deadline, f"{route} was not called in time"
        pause.wait(0.01)


def test_goes_on_when_dropbox_is_busy_or_broken(
    rclone: Rclone, documents: Path, alice: Account, root: str
) -> None:
    reason = "too_many_write_operations"
    rclone.emulator.faults.add(
        Fault(route="files/upload_session/finish*", times=1, answer=RateLimited(0, reason))
    )
    rclone.emulator.faults.add(Fault(route="files/upload_session/append_v2", times=1, answer=Status(503)))

    rclone("copy", documents, "dropbox:in")

    assert inside(alice, f"{root}/in") == FILES


def test_says_that_the_account_is_full(rclone: Rclone, documents: Path, alice: Account) -> None:
    alice.quota = 5

    errors = rclone.fails("copy", documents, "dropbox:in")

    assert "insufficient_space" in errors


def test_says_that_the_app_was_removed(rclone: Rclone, alice: Account) -> None:
    rclone.emulator.authorizations.revoke(alice.id)

    assert "invalid_grant" in rclone.fails("lsf", "dropbox:")
