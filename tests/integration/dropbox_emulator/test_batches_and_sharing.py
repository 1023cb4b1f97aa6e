"""Batches other than moves, links, exports, long polls, and what apps call in their own name."""

import base64
import threading

import dropbox
import pytest
import requests
from dropbox import files, sharing
from dropbox.exceptions import ApiError, BadInputError

from local.dropbox_emulator import AUTO_IMPORT_APP, DropboxEmulator, Fault, Status
from local.dropbox_emulator.core.apps import SCOPES, App

ROOT = "/Apps/Jenji"


def tags(batch):
    return [entry._tag for entry in batch.entries]


def finished(launch, check):
    if launch.is_async_job_id():
        job = launch.get_async_job_id()
        while (launch := check(job)).is_in_progress():
            pass
    return launch.get_complete()


def test_folders_are_made_in_a_batch_each_by_itself(client, alice):
    alice.write(f"{ROOT}/file", b"1")

    batch = client.files_create_folder_batch(["/a/b", "/a/b", "/file", "/trailing "]).get_complete()

    assert tags(batch) == ["success", "failure", "failure", "failure"]
    assert batch.entries[0].get_success().metadata.path_display == "/a/b"
    assert batch.entries[1].get_failure().get_path().get_conflict().is_folder()
    assert batch.entries[2].get_failure().get_path().get_conflict().is_file()
    assert batch.entries[3].get_failure().get_path().is_malformed_path()


def test_a_batch_of_folders_may_be_forced_to_become_a_job(client, emulator):
    launch = client.files_create_folder_batch(["/a", "/a"], autorename=True, force_async=True)

    job = launch.get_async_job_id()
    assert client.files_create_folder_batch_check(job).is_in_progress()
    names = [
        entry.get_success().metadata.name
        for entry in client.files_create_folder_batch_check(job).get_complete().entries
    ]
    assert names == ["a", "a (1)"]


def test_a_batch_of_deletions_is_always_a_job(client, alice):
    for name in "ab":
        alice.write(f"{ROOT}/{name}", b"1")

    launch = client.files_delete_batch([files.DeleteArg("/a"), files.DeleteArg("/a"), files.DeleteArg("/b")])

    assert client.files_delete_batch_check(launch.get_async_job_id()).is_in_progress()
    batch = client.files_delete_batch_check(launch.get_async_job_id()).get_complete()
    assert tags(batch) == ["success", "failure", "success"]
    assert batch.entries[1].get_failure().get_path_lookup().is_not_found()
    assert alice.tree_contents() == {}


def test_copies_are_made_in_a_batch(client, alice):
    alice.write(f"{ROOT}/a", b"1")
    paths = [files.RelocationPath("/a", "/b"), files.RelocationPath("/none", "/c")]

    batch = finished(client.files_copy_batch_v2(paths), client.files_copy_batch_check_v2)

    assert tags(batch) == ["success", "failure"]
    assert alice.tree_contents() == {f"{ROOT}/a": b"1", f"{ROOT}/b": b"1"}


@pytest.mark.parametrize(
    "check",
    ["files_copy_batch_check_v2", "files_delete_batch_check", "files_create_folder_batch_check"],
)
def test_a_job_that_is_none_is_refused(client, check):
    with pytest.raises(ApiError) as refused:
        getattr(client, check)("dbjid:none")

    assert refused.value.error.is_invalid_async_job_id()


@pytest.fixture
def sharer():
    """A client that may share."""
    app = App(
        "key0", "secret0", "Jenji", AUTO_IMPORT_APP.access, scopes=(*SCOPES, "sharing.read", "sharing.write")
    )
    with DropboxEmulator(apps=[app]) as emulator:
        emulator.alice = emulator.add_account("alice")
        refresh_token = emulator.link(app.key, emulator.alice)
        with dropbox.Dropbox(
            oauth2_refresh_token=refresh_token,
            app_key=app.key,
            app_secret=app.secret,
            session=emulator.session(),
        ) as client:
            client.alice, client.emulator = emulator.alice, emulator
            yield client


def test_a_link_is_made_once_found_and_revoked(sharer):
    sharer.alice.write(f"{ROOT}/f/a.pdf", b"12")

    link = sharer.sharing_create_shared_link_with_settings("/f/a.pdf")
    with pytest.raises(ApiError) as refused:
        sharer.sharing_create_shared_link_with_settings("/f/a.pdf")

    assert (link.name, link.size, link.path_lower) == ("a.pdf", 2, "/f/a.pdf")
    known = refused.value.error.get_shared_link_already_exists().get_metadata()
    assert known.url == link.url
    assert [each.url for each in sharer.sharing_list_shared_links("/f/a.pdf", direct_only=True).links] == [
        link.url
    ]
    sharer.sharing_revoke_shared_link(link.url)
    assert sharer.sharing_list_shared_links().links == []
    with pytest.raises(ApiError, match="shared_link_not_found"):
        sharer.sharing_revoke_shared_link(link.url)


def test_a_folder_s_link_leads_to_its_files_too(sharer):
    sharer.alice.write(f"{ROOT}/f/a.pdf", b"12")
    link = sharer.sharing_create_shared_link_with_settings("/f")

    assert isinstance(link, sharing.FolderLinkMetadata)
    assert [each.url for each in sharer.sharing_list_shared_links("/f/a.pdf").links] == [link.url]
    assert sharer.sharing_list_shared_links("/f/a.pdf", direct_only=True).links == []


def test_a_link_follows_its_file_and_ends_with_it(sharer):
    sharer.alice.write(f"{ROOT}/a.pdf", b"12")
    link = sharer.sharing_create_shared_link_with_settings("/a.pdf")

    sharer.files_move_v2("/a.pdf", "/b.pdf")

    assert [(each.url, each.name) for each in sharer.sharing_list_shared_links().links] == [
        (link.url, "b.pdf")
    ]
    sharer.files_delete_v2("/b.pdf")
    assert sharer.sharing_list_shared_links().links == []


def test_a_free_account_sets_no_expiry(sharer):
    sharer.alice.write(f"{ROOT}/a.pdf", b"12")

    with pytest.raises(ApiError) as refused:
        sharer.sharing_create_shared_link_with_settings(
            "/a.pdf", sharing.SharedLinkSettings(require_password=True, link_password="x")
        )

    assert refused.value.error.get_settings_error().is_not_authorized()


def test_what_is_not_there_cannot_be_shared(sharer):
    with pytest.raises(ApiError) as refused:
        sharer.sharing_create_shared_link_with_settings("/none")

    assert refused.value.error.get_path().is_not_found()


def test_nothing_was_shared_by_others(sharer):
    assert sharer.sharing_list_folders().entries == []
    assert sharer.sharing_list_received_files().entries == []
    for call in (
        lambda: sharer.sharing_list_folders_continue("c"),
        lambda: sharer.sharing_list_received_files_continue("c"),
        lambda: sharer.sharing_mount_folder("123"),
        lambda: sharer.sharing_list_shared_links(cursor="c"),
    ):
        with pytest.raises(ApiError):
            call()


def test_sharing_needs_its_scope(sharer):
    sharer.emulator.authorizations.narrow(sharer.alice.id, "key0", frozenset({"files.metadata.read"}))

    with pytest.raises(dropbox.exceptions.AuthError) as refused:
        sharer.sharing_list_shared_links()

    assert refused.value.error.get_missing_scope().required_scope == "sharing.read"


def test_a_scope_that_the_app_itself_lacks_in_the_console_is_bad_input(client):
    with pytest.raises(dropbox.exceptions.BadInputError) as refused:
        client.sharing_list_shared_links()

    assert "does not have the required scope 'sharing.read'" in refused.value.message


def test_a_cloud_document_is_exported_and_others_are_not(client, alice):
    alice.write_cloud_document(f"{ROOT}/notes.paper", "markdown", b"# Notes")
    alice.write(f"{ROOT}/a.pdf", b"1")

    result, answer = client.files_export("/notes.paper")

    assert (answer.content, result.export_metadata.size) == (b"# Notes", 7)
    with pytest.raises(ApiError, match="invalid_export_format"):
        client.files_export("/notes.paper", "html")
    with pytest.raises(ApiError, match="non_exportable"):
        client.files_export("/a.pdf")


def test_a_long_poll_answers_at_once_when_something_changed_already(client, alice):
    cursor = client.files_list_folder_get_latest_cursor("").cursor
    alice.write(f"{ROOT}/a", b"1")

    assert client.files_list_folder_longpoll(cursor).changes


def test_a_long_poll_answers_when_something_changes(client, alice, emulator, eventually):
    cursor = client.files_list_folder_get_latest_cursor("").cursor
    answers = []
    poll = threading.Thread(target=lambda: answers.append(client.files_list_folder_longpoll(cursor)))
    poll.start()
    alice.write("/elsewhere", b"1")
    alice.write(f"{ROOT}/a", b"1")
    poll.join(5)

    assert [answer.changes for answer in answers] == [True]


def test_a_long_poll_ends_with_the_emulator(client, emulator, eventually):
    cursor = client.files_list_folder_get_latest_cursor("").cursor
    arrived = emulator.faults.add(Fault(probability=0, answer=Status(500)))
    answers = []
    poll = threading.Thread(target=lambda: answers.append(client.files_list_folder_longpoll(cursor)))
    poll.start()
    eventually(lambda: arrived.matched)

    emulator.stop()

    poll.join(5)
    assert [answer.changes for answer in answers] == [False]


def test_a_long_poll_wants_a_cursor_of_ours(client, alice):
    cursor = client.files_list_folder_get_latest_cursor("").cursor
    alice.reset_cursors()

    with pytest.raises(BadInputError):
        client.files_list_folder_longpoll("nonsense")
    with pytest.raises(ApiError) as refused:
        client.files_list_folder_longpoll(cursor)
    assert refused.value.error.is_reset()


@pytest.mark.parametrize(
    ("credentials", "status"),
    [
        (f"{AUTO_IMPORT_APP.key}:{AUTO_IMPORT_APP.secret}", 200),
        (f"{AUTO_IMPORT_APP.key}:wrong", 400),
        ("nobody:secret", 400),
    ],
)
def test_an_app_calls_in_its_own_name(emulator, credentials, status):
    authorization = "Basic " + base64.b64encode(credentials.encode()).decode()

    answer = requests.post(
        f"{emulator.url}/2/check/app",
        json={"query": "ping"},
        headers={"Authorization": authorization},
        timeout=5,
    )

    assert answer.status_code == status
    assert "secret" not in answer.text.lower().replace("app_secret", "")
