"""Uploads, folders, deletions, moves and copies through the real SDK."""

import pytest
from dropbox import files
from dropbox.exceptions import ApiError

ROOT = "/Apps/Jenji"


def reason(refused):
    return refused.value.error.get_path().reason


def test_an_upload_makes_its_folders_and_keeps_their_case(client, alice):
    client.files_create_folder_v2("/Berlin Trip")

    metadata = client.files_upload(b"hello", "/berlin trip/New/a.pdf")

    assert metadata.path_display == "/Berlin Trip/New/a.pdf"
    assert alice.read(f"{ROOT}/Berlin Trip/New/a.pdf") == b"hello"


def test_uploading_the_same_bytes_again_writes_nothing(client):
    first = client.files_upload(b"hello", "/a.pdf")

    assert client.files_upload(b"hello", "/A.pdf") == first
    assert client.files_upload(b"hello", "/a.pdf", mode=files.WriteMode.overwrite) == first


def test_strict_conflict_refuses_even_the_same_bytes(client):
    client.files_upload(b"hello", "/a.pdf")

    with pytest.raises(ApiError) as refused:
        client.files_upload(b"hello", "/a.pdf", strict_conflict=True)

    assert reason(refused).get_conflict().is_file()


def test_adding_other_bytes_is_a_conflict_or_another_name(client):
    client.files_upload(b"one", "/a.pdf")

    with pytest.raises(ApiError) as refused:
        client.files_upload(b"two", "/a.pdf")
    renamed = client.files_upload(b"two", "/a.pdf", autorename=True)
    again = client.files_upload(b"three", "/a.pdf", autorename=True)

    assert reason(refused).get_conflict().is_file()
    assert (renamed.name, again.name) == ("a (1).pdf", "a (2).pdf")


def test_overwriting_keeps_the_id_and_gives_a_new_rev(client):
    first = client.files_upload(b"one", "/a.pdf")

    second = client.files_upload(b"two", "/a.pdf", mode=files.WriteMode.overwrite)

    assert second.id == first.id
    assert second.rev != first.rev


def test_updating_needs_the_rev_it_replaces(client):
    first = client.files_upload(b"one", "/a.pdf")

    second = client.files_upload(b"two", "/a.pdf", mode=files.WriteMode.update(first.rev))
    with pytest.raises(ApiError) as refused:
        client.files_upload(b"three", "/a.pdf", mode=files.WriteMode.update(first.rev))
    copy = client.files_upload(b"three", "/a.pdf", mode=files.WriteMode.update(first.rev), autorename=True)

    assert second.id == first.id
    assert reason(refused).get_conflict().is_file()
    assert copy.name == "a (conflicted copy).pdf"


def test_updating_what_is_gone_writes_unless_strict(client):
    first = client.files_upload(b"one", "/a.pdf")
    client.files_delete_v2("/a.pdf")

    with pytest.raises(ApiError) as refused:
        client.files_upload(b"2", "/a.pdf", mode=files.WriteMode.update(first.rev), strict_conflict=True)
    client.files_upload(b"2", "/a.pdf", mode=files.WriteMode.update(first.rev))

    assert reason(refused).get_conflict().is_file()
    assert client.files_download("/a.pdf")[1].content == b"2"


def test_an_upload_can_name_its_target_by_id(client):
    first = client.files_upload(b"one", "/a.pdf")

    second = client.files_upload(b"two", first.id, mode=files.WriteMode.overwrite)

    assert second.path_display == "/a.pdf"


@pytest.mark.parametrize(
    ("path", "tag"),
    [
        ("/a\\b", "malformed_path"),
        ("/a/..", "malformed_path"),
        ("/", "malformed_path"),
        ("/Thumbs.db", "disallowed_name"),
    ],
)
def test_names_dropbox_refuses_are_refused(client, path, tag):
    with pytest.raises(ApiError) as refused:
        client.files_upload(b"", path)

    assert getattr(reason(refused), f"is_{tag}")()


def test_a_file_is_no_folder_and_a_folder_no_file(client):
    client.files_upload(b"one", "/a")
    client.files_create_folder_v2("/f")

    with pytest.raises(ApiError) as below_a_file:
        client.files_upload(b"", "/a/b/c")
    with pytest.raises(ApiError) as over_a_folder:
        client.files_upload(b"", "/f", mode=files.WriteMode.overwrite)

    assert reason(below_a_file).get_conflict().is_file_ancestor()
    assert reason(over_a_folder).get_conflict().is_folder()


def test_a_full_account_refuses_uploads_and_leaves_nothing_behind(client, alice):
    alice.quota = 10

    with pytest.raises(ApiError) as refused:
        client.files_upload(b"x" * 11, "/new folder/a.pdf")

    assert reason(refused).is_insufficient_space()
    assert alice.folders() == {"/Apps", ROOT}


def test_a_wrong_content_hash_is_refused(client):
    with pytest.raises(ApiError) as refused:
        client.files_upload(b"one", "/a.pdf", content_hash="0" * 64)

    assert refused.value.error.is_content_hash_mismatch()


def test_an_existing_folder_is_a_conflict(client):
    client.files_create_folder_v2("/Auto-Import")

    with pytest.raises(ApiError) as refused:
        client.files_create_folder_v2("/auto-import")
    renamed = client.files_create_folder_v2("/Auto-Import", autorename=True)

    assert refused.value.error.get_path().get_conflict().is_folder()
    assert renamed.metadata.name == "Auto-Import (1)"


def test_a_deletion_tells_what_was_there(client):
    uploaded = client.files_upload(b"one", "/f/a.pdf")

    assert client.files_delete_v2(uploaded.id).metadata == uploaded
    with pytest.raises(ApiError) as refused:
        client.files_delete_v2(uploaded.id)

    assert refused.value.error.get_path_lookup().is_not_found()


def test_a_move_by_id_keeps_the_id_and_makes_folders(client):
    uploaded = client.files_upload(b"one", "/Auto-Import/a.pdf")

    moved = client.files_move_v2(uploaded.id, "/Imported/2026-11/a.pdf").metadata

    assert (moved.id, moved.path_display) == (uploaded.id, "/Imported/2026-11/a.pdf")
    assert moved.rev != uploaded.rev


def test_a_batch_settles_each_entry_by_itself(client, move_batch):
    good = client.files_upload(b"one", "/in/a.pdf")
    client.files_upload(b"taken", "/out/b.pdf")
    other = client.files_upload(b"two", "/in/b.pdf")
    entries = [
        files.RelocationPath(good.id, "/out/a.pdf"),
        files.RelocationPath(other.id, "/out/b.pdf"),
        files.RelocationPath("/in/none.pdf", "/out/c.pdf"),
        files.RelocationPath("/in", "/in/deeper"),
    ]

    success, conflict, missing, nested = move_batch(entries)

    assert success.get_success().path_display == "/out/a.pdf"
    assert conflict.get_failure().get_relocation_error().get_to().get_conflict().is_file()
    assert missing.get_failure().get_relocation_error().get_from_lookup().is_not_found()
    assert nested.get_failure().get_relocation_error().is_cant_move_folder_into_itself()


def test_a_file_already_at_its_target_is_a_conflict_with_itself(client, move_batch):
    there = client.files_upload(b"one", "/out/a.pdf")

    (entry,) = move_batch([files.RelocationPath(there.id, "/out/a.pdf")])

    assert entry.get_failure().get_relocation_error().get_to().get_conflict().is_file()
    assert client.files_get_metadata("/out/a.pdf") == there


def test_a_batch_can_rename_what_conflicts(client, move_batch):
    client.files_upload(b"taken", "/out/a.pdf")
    mine = client.files_upload(b"one", "/in/a.pdf")

    (entry,) = move_batch([files.RelocationPath(mine.id, "/out/a.pdf")], autorename=True)

    assert entry.get_success().path_display == "/out/a (1).pdf"


def test_a_batch_of_moves_is_a_job_even_of_one_entry(client):
    mine = client.files_upload(b"one", "/in/a.pdf")

    job = client.files_move_batch_v2([files.RelocationPath(mine.id, "/out/a.pdf")]).get_async_job_id()
    first, second = client.files_move_batch_check_v2(job), client.files_move_batch_check_v2(job)

    assert first.is_in_progress()
    assert second.get_complete().entries[0].get_success().id == mine.id


def test_an_invented_job_is_refused(client):
    with pytest.raises(ApiError) as refused:
        client.files_move_batch_check_v2("dbjid:none")

    assert refused.value.error.is_invalid_async_job_id()


def test_a_copy_is_another_file_and_counts_against_the_quota(client, alice):
    original = client.files_upload(b"12345", "/f/a.pdf")
    alice.quota = 12

    copied = client.files_copy_v2("/f", "/g").metadata
    with pytest.raises(ApiError) as refused:
        client.files_copy_v2("/f", "/h")

    assert copied.path_display == "/g"
    assert client.files_get_metadata("/g/a.pdf").id != original.id
    assert refused.value.error.is_insufficient_quota()


def test_revoking_a_token_ends_the_link(emulator, client, alice):
    client.auth_token_revoke()

    assert emulator.authorizations.linked_apps(alice.id) == set()


def test_a_moved_file_keeps_its_id_and_owners_time_and_takes_the_servers_time_of_the_move(client, clock):
    before = client.files_upload(b"one", "/a.pdf")
    clock.ahead += 60

    after = client.files_move_v2("/a.pdf", "/b.pdf").metadata

    assert (after.id, after.client_modified) == (before.id, before.client_modified)
    assert (after.server_modified - before.server_modified).total_seconds() >= 60
    assert after.rev != before.rev


@pytest.mark.parametrize("autorename", [False, True])
@pytest.mark.parametrize("name", ["/Café.pdf", "/Receipts"])
def test_a_move_that_changes_only_the_case_of_a_name_succeeds(client, alice, name, autorename):
    alice.write(f"/Apps/Jenji{name}{'' if '.' in name else '/a.pdf'}", b"1")

    moved = client.files_move_v2(name, name.upper(), autorename=autorename).metadata

    assert moved.path_display == name.upper()
    assert [entry.name for entry in client.files_list_folder("").entries] == [name.upper()[1:]]


def test_a_move_onto_its_very_own_path_conflicts(client):
    client.files_upload(b"one", "/a.pdf")

    with pytest.raises(ApiError) as refused:
        client.files_move_v2("/a.pdf", "/a.pdf")

    assert refused.value.error.get_to().get_conflict().is_file()
