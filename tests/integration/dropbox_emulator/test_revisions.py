"""Earlier versions of files."""

import pytest
from dropbox import files
from dropbox.exceptions import ApiError


def test_the_versions_of_a_file_are_listed_the_newest_first_and_restored(client):
    first = client.files_upload(b"one", "/a.txt")
    second = client.files_upload(b"two!", "/a.txt", mode=files.WriteMode.overwrite)

    listed = client.files_list_revisions("/A.txt")
    restored = client.files_restore("/a.txt", first.rev)

    assert (listed.is_deleted, [each.rev for each in listed.entries]) == (False, [second.rev, first.rev])
    assert (restored.id, restored.size) == (first.id, 3)
    assert client.files_download("/a.txt")[1].content == b"one"


def test_a_deleted_file_still_has_its_versions(client):
    metadata = client.files_upload(b"one", "/f/a.txt")
    client.files_delete_v2("/f")

    listed = client.files_list_revisions("/f/a.txt")
    client.files_restore("/f/a.txt", metadata.rev)

    assert (listed.is_deleted, [each.rev for each in listed.entries]) == (True, [metadata.rev])
    assert client.files_download("/f/a.txt")[1].content == b"one"


def test_only_so_many_versions_are_listed(client):
    for data in (b"1", b"2", b"3"):
        client.files_upload(data, "/a.txt", mode=files.WriteMode.overwrite)

    listed = client.files_list_revisions("/a.txt", limit=2)

    assert (len(listed.entries), listed.has_more) == (2, True)


def test_versions_of_nothing_of_a_folder_or_of_another_file_are_refused(client):
    client.files_create_folder_v2("/f")
    client.files_upload(b"1", "/a.txt")

    with pytest.raises(ApiError) as nothing:
        client.files_list_revisions("/none")
    with pytest.raises(ApiError) as folder:
        client.files_list_revisions("/f")
    with pytest.raises(ApiError) as another:
        client.files_restore("/a.txt", "0123456789")

    assert nothing.value.error.get_path().is_not_found()
    assert folder.value.error.get_path().is_not_file()
    assert another.value.error.is_invalid_revision()
