"""Listing, cursors, metadata and downloads through the real SDK."""

import io
import itertools
import zipfile

import pytest
from dropbox import files
from dropbox.content_hash import content_hash
from dropbox.exceptions import ApiError, BadInputError

from local.dropbox_emulator.api.routes import reading

ROOT = "/Apps/Jenji"


def listed(result):
    return sorted(entry.path_display for entry in result.entries)


def described(result):
    return [(type(entry).__name__, entry.path_display) for entry in result.entries]


def test_an_app_folder_app_sees_its_folder_as_the_root(client, full_client, alice):
    alice.write(f"{ROOT}/Auto-Import/a.pdf", b"a")
    alice.write("/private.pdf", b"b")

    assert listed(client.files_list_folder("")) == ["/Auto-Import"]
    assert listed(client.files_list_folder("/auto-import")) == ["/Auto-Import/a.pdf"]
    assert "/private.pdf" in listed(full_client.files_list_folder(""))


def test_an_app_cannot_reach_outside_its_folder_by_id(client, alice):
    outside = alice.write("/private.pdf", b"b")

    with pytest.raises(ApiError) as refused:
        client.files_download(outside)

    assert refused.value.error.get_path().is_not_found()


def test_a_recursive_listing_holds_the_folder_and_everything_below(client, alice):
    alice.write(f"{ROOT}/Auto-Import/Berlin/a.pdf", b"a")

    result = client.files_list_folder("/Auto-Import", recursive=True)

    assert listed(result) == ["/Auto-Import", "/Auto-Import/Berlin", "/Auto-Import/Berlin/a.pdf"]


def test_pages_honour_the_limit_and_hold_everything_once(client, alice):
    for number in range(25):
        alice.write(f"{ROOT}/f/{number:02}", b"")

    pages = [client.files_list_folder("/f", limit=10)]
    while pages[-1].has_more:
        pages.append(client.files_list_folder_continue(pages[-1].cursor))

    assert [len(page.entries) for page in pages] == [10, 10, 5]
    assert len({entry.id for page in pages for entry in page.entries}) == 25


def test_a_listing_survives_changes_between_its_pages(client, alice):
    for number in range(6):
        alice.write(f"{ROOT}/f/{number}", b"")
    first = client.files_list_folder("/f", limit=3)
    told, untold = listed(first)[0], min({f"/f/{n}" for n in range(6)} - set(listed(first)))
    alice.delete(f"{ROOT}{told}")
    alice.delete(f"{ROOT}{untold}")

    second = client.files_list_folder_continue(first.cursor)
    changes = client.files_list_folder_continue(second.cursor)

    assert len(listed(second)) == 2
    assert not {told, untold} & set(listed(second))
    assert ("DeletedMetadata", told) in described(changes)


def test_a_cursor_tells_what_happened_since(client, alice):
    alice.write(f"{ROOT}/f/a", b"1")
    alice.write(f"{ROOT}/f/b", b"1")
    cursor = client.files_list_folder("/f").cursor
    alice.write(f"{ROOT}/f/c", b"1")
    alice.write(f"{ROOT}/f/a", b"2")
    alice.move(f"{ROOT}/f/b", f"{ROOT}/g/b")
    alice.write(f"{ROOT}/f/deep/d", b"1")
    alice.write(f"{ROOT}/elsewhere", b"1")

    result = client.files_list_folder_continue(cursor)

    assert set(described(result)) == {
        ("FileMetadata", "/f/c"),
        ("FileMetadata", "/f/a"),
        ("DeletedMetadata", "/f/b"),
        ("FolderMetadata", "/f/deep"),
    }
    assert client.files_list_folder_continue(result.cursor).entries == []


def test_the_latest_cursor_starts_now(client, alice):
    alice.write(f"{ROOT}/before", b"1")
    cursor = client.files_list_folder_get_latest_cursor("", recursive=True).cursor
    alice.write(f"{ROOT}/f/after", b"1")

    assert set(described(client.files_list_folder_continue(cursor))) == {
        ("FolderMetadata", "/f"),
        ("FileMetadata", "/f/after"),
    }


def test_a_moved_folder_reappears_with_all_it_holds(client, alice):
    alice.write(f"{ROOT}/f/a", b"1")
    cursor = client.files_list_folder("", recursive=True).cursor
    alice.move(f"{ROOT}/f", f"{ROOT}/g")

    assert set(described(client.files_list_folder_continue(cursor))) == {
        ("DeletedMetadata", "/f"),
        ("FolderMetadata", "/g"),
        ("FileMetadata", "/g/a"),
    }


def test_deleted_entries_are_listed_when_asked_for(client, alice):
    alice.write(f"{ROOT}/a", b"1")
    alice.write(f"{ROOT}/b", b"1")
    alice.delete(f"{ROOT}/a")

    assert described(client.files_list_folder("")) == [("FileMetadata", "/b")]
    assert set(described(client.files_list_folder("", include_deleted=True))) == {
        ("DeletedMetadata", "/a"),
        ("FileMetadata", "/b"),
    }


def test_a_reset_cursor_says_so(client, alice):
    cursor = client.files_list_folder("").cursor
    alice.reset_cursors()

    with pytest.raises(ApiError) as refused:
        client.files_list_folder_continue(cursor)

    assert refused.value.error.is_reset()


def test_a_cursor_of_a_folder_that_is_gone_is_not_found(client, alice):
    alice.make_folder(f"{ROOT}/f")
    cursor = client.files_list_folder("/f").cursor
    alice.delete(f"{ROOT}/f")

    with pytest.raises(ApiError) as refused:
        client.files_list_folder_continue(cursor)

    assert refused.value.error.get_path().is_not_found()


@pytest.mark.parametrize("cursor", ["nonsense", "AAAA", "W10=", "é"])
def test_an_invented_cursor_is_a_bad_request(client, cursor):
    with pytest.raises(BadInputError, match="cursor"):
        client.files_list_folder_continue(cursor)


def test_a_cursor_of_another_app_is_a_bad_request(client, full_client):
    cursor = full_client.files_list_folder("").cursor

    with pytest.raises(BadInputError, match="cursor"):
        client.files_list_folder_continue(cursor)


def test_listing_a_file_or_nothing_is_refused(client, alice):
    alice.write(f"{ROOT}/a", b"1")

    with pytest.raises(ApiError) as file_refused:
        client.files_list_folder("/a")
    with pytest.raises(ApiError) as missing_refused:
        client.files_list_folder("/none")

    assert file_refused.value.error.get_path().is_not_folder()
    assert missing_refused.value.error.get_path().is_not_found()


def test_metadata_is_found_by_path_id_and_rev(client, alice):
    file_id = alice.write(f"{ROOT}/A.pdf", b"one")

    by_path = client.files_get_metadata("/a.PDF")
    by_id = client.files_get_metadata(file_id)
    by_rev = client.files_get_metadata(f"rev:{by_path.rev}")

    assert by_path == by_id == by_rev
    assert (by_path.path_display, by_path.path_lower, by_path.size) == ("/A.pdf", "/a.pdf", 3)
    assert by_path.content_hash == content_hash(b"one")


def test_metadata_of_a_deleted_entry_is_given_when_asked_for(client, alice):
    alice.write(f"{ROOT}/A.pdf", b"one")
    alice.delete(f"{ROOT}/A.pdf")

    assert isinstance(client.files_get_metadata("/a.pdf", include_deleted=True), files.DeletedMetadata)
    with pytest.raises(ApiError):
        client.files_get_metadata("/a.pdf")


def test_an_old_revision_stays_downloadable(client, alice):
    alice.write(f"{ROOT}/a", b"one")
    rev = client.files_get_metadata("/a").rev
    alice.write(f"{ROOT}/a", b"two")

    metadata, response = client.files_download(f"rev:{rev}")

    assert (response.content, metadata.rev, metadata.size) == (b"one", rev, 3)


def test_a_folder_cannot_be_downloaded_nor_a_cloud_document(client, alice):
    alice.make_folder(f"{ROOT}/f")
    alice.write_cloud_document(f"{ROOT}/Notes.paper", export_as="md")

    with pytest.raises(ApiError) as folder_refused:
        client.files_download("/f")
    with pytest.raises(ApiError) as document_refused:
        client.files_download("/Notes.paper")

    assert folder_refused.value.error.get_path().is_not_file()
    assert document_refused.value.error.is_unsupported_file()


def test_cloud_documents_are_listed_unless_unwanted(client, alice):
    alice.write_cloud_document(f"{ROOT}/Notes.paper", export_as="md")

    (listed_document,) = client.files_list_folder("").entries

    assert not listed_document.is_downloadable
    assert listed_document.export_info.export_as == "md"
    assert client.files_list_folder("", include_non_downloadable_files=False).entries == []


def test_names_are_compared_in_normal_form_and_kept_as_given(client, alice):
    decomposed = "Re\u0301sume\u0301.pdf"
    alice.write(f"{ROOT}/{decomposed}", b"1")

    metadata = client.files_get_metadata("/R\u00c9SUM\u00c9.pdf")

    assert metadata.name == decomposed


def test_the_account_is_told_with_its_space(client, alice):
    alice.write(f"{ROOT}/a", b"12345")

    account = client.users_get_current_account()
    space = client.users_get_space_usage()

    assert (account.account_id, account.locale) == (alice.id, "en")
    assert (account.name.given_name, account.name.surname) == ("Alice", "Martin")
    assert (space.used, space.allocation.get_individual().allocated) == (5, alice.quota)


def test_the_check_route_echoes(client):
    assert client.check_user("hello").result == "hello"


def test_a_renamed_app_folder_stays_the_app_s(client, alice):
    alice.write(f"{ROOT}/a", b"1")
    alice.move(ROOT, "/Elsewhere/My receipts")

    assert listed(client.files_list_folder("")) == ["/a"]


def test_a_deleted_app_folder_is_not_found_and_comes_back_with_a_write(client, alice):
    alice.delete(ROOT)

    with pytest.raises(ApiError) as refused:
        client.files_list_folder("")
    client.files_create_folder_v2("/Auto-Import")

    assert refused.value.error.get_path().is_not_found()
    assert f"{ROOT}/Auto-Import" in alice.folders()


def test_a_listing_follows_neither_the_alphabet_nor_time(client, alice):
    names = [f"{number:02}" for number in range(20)]
    for name in names:
        alice.write(f"{ROOT}/f/{name}", b"")

    order = [entry.name for entry in client.files_list_folder("/f").entries]

    assert sorted(order) == names
    assert order not in (names, names[::-1])
    assert order == [entry.name for entry in client.files_list_folder("/f").entries]


def test_now_and_then_a_page_is_empty_and_says_that_there_is_more(emulator, client, alice):
    for number in range(40):
        alice.write(f"{ROOT}/f/{number:02}", b"")
    emulator.listings.empty_page_every = 4

    pages = [client.files_list_folder("/f", limit=1)]
    while pages[-1].has_more:
        pages.append(client.files_list_folder_continue(pages[-1].cursor))

    sizes = [len(page.entries) for page in pages]
    assert 3 <= sizes.count(0) <= 20
    assert not any(pair == (0, 0) for pair in itertools.pairwise(sizes))
    assert len({entry.id for page in pages for entry in page.entries}) == 40


def test_a_listing_with_nothing_to_tell_costs_one_call(emulator, client, alice):
    alice.write(f"{ROOT}/f/a", b"")
    emulator.listings.empty_page_every = 2
    result = client.files_list_folder("/f")
    while result.has_more:
        result = client.files_list_folder_continue(result.cursor)

    calm = [client.files_list_folder_continue(result.cursor) for _ in range(10)]

    assert not any(page.entries or page.has_more for page in calm)


def test_a_download_carries_its_revision(emulator, client, alice):
    alice.write(f"{ROOT}/a.txt", b"12345")

    metadata, answer = client.files_download("/a.txt")

    assert answer.headers["ETag"] == f'W/"{metadata.rev}"'
    assert answer.headers["Original-Content-Length"] == "5"
    assert "Last-Modified" not in answer.headers


def test_a_folder_is_downloaded_as_one_archive_of_all_below_it(client, alice):
    alice.write(f"{ROOT}/Auto-Import/a.pdf", b"a")
    alice.write(f"{ROOT}/Auto-Import/Berlin/b.pdf", b"b")
    alice.write(f"{ROOT}/c.pdf", b"c")

    result, answer = client.files_download_zip("/Auto-Import")

    with answer, zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert result.metadata.path_display == "/Auto-Import"
    assert held == {"Auto-Import/a.pdf": b"a", "Auto-Import/Berlin/b.pdf": b"b"}


def test_what_is_no_folder_is_no_archive(client, alice):
    alice.write(f"{ROOT}/a.pdf", b"a")

    with pytest.raises(ApiError) as of_a_file:
        client.files_download_zip("/a.pdf")
    with pytest.raises(ApiError) as of_nothing:
        client.files_download_zip("/b")

    assert of_a_file.value.error.get_path().is_not_folder()
    assert of_nothing.value.error.get_path().is_not_found()


def test_an_archive_holds_fewer_entries_than_ten_thousand(client, alice, monkeypatch):
    assert reading.MOST_IN_ARCHIVE == 10_000
    monkeypatch.setattr(reading, "MOST_IN_ARCHIVE", 4)
    alice.write(f"{ROOT}/Auto-Import/a.txt", b"a")
    alice.write(f"{ROOT}/Auto-Import/b.txt", b"b")
    _, answer = client.files_download_zip("/Auto-Import")
    answer.close()
    alice.write(f"{ROOT}/Auto-Import/c.txt", b"c")

    with pytest.raises(ApiError) as refused:
        client.files_download_zip("/Auto-Import")

    assert refused.value.error.is_too_many_files()
