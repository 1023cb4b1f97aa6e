"""Tags and fields are read off JSON, whatever else it holds."""

from __future__ import annotations

import pytest

from shared.domain.errors import (
    ContentRestricted,
    DropboxRefused,
    DropboxUnavailable,
    FileGone,
    IntegrationError,
    PathConflict,
    QuotaFull,
    RateLimited,
)
from shared.dropbox_api.answers import NotDropboxs, RouteError, route_error, tag_path
from shared.dropbox_api.errors import dropbox_errors_translated, from_tag
from shared.dropbox_api.metadata import to_remote_file

FILE = {
    ".tag": "file",
    "id": "id:1",
    "name": "a.pdf",
    "path_display": "/a.pdf",
    "rev": "1",
    "size": 7,
    "server_modified": "2026-11-22T09:02:58Z",
    "content_hash": "0" * 64,
}


@pytest.mark.parametrize(
    ("error", "tags"),
    [
        ({".tag": "other"}, "other"),
        ("other", "other"),
        ({".tag": "path", "path": {".tag": "not_found"}}, "path/not_found"),
        ({".tag": "path", "path": "not_found"}, "path/not_found"),
        (
            {".tag": "path", "reason": {".tag": "conflict", "conflict": {".tag": "file"}}},
            "path/conflict/file",
        ),
        ({".tag": "unheard_of", "unheard_of": {"a": 1}, "more": []}, "unheard_of"),
        ({".tag": "incorrect_offset", "correct_offset": 9}, "incorrect_offset"),
        ({".tag": 7}, ""),
        ({}, ""),
        (None, ""),
        ([], ""),
    ],
)
def test_tags_of_any_shape(error: object, tags: str) -> None:
    assert tag_path(error) == tags


@pytest.mark.parametrize(
    ("error", "offset"),
    [
        ({".tag": "incorrect_offset", "correct_offset": 9}, 9),
        ({".tag": "lookup_failed", "lookup_failed": {".tag": "incorrect_offset", "correct_offset": 9}}, 9),
        ({".tag": "incorrect_offset", "incorrect_offset": {"correct_offset": 9}}, 9),
        ({".tag": "incorrect_offset", "correct_offset": "9"}, None),
        ({".tag": "closed"}, None),
    ],
)
def test_the_offset_that_a_session_wants(error: object, offset: int | None) -> None:
    assert RouteError(error).correct_offset == offset


@pytest.mark.parametrize("body", ["", "null", "[]", "<html>", "{}", '{"error": null}', '{"error": {}}'])
def test_a_409_without_a_tag_is_not_dropboxs(body: str) -> None:
    with pytest.raises(DropboxUnavailable), dropbox_errors_translated():
        raise route_error(body)


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("path/not_found", FileGone),
        ("path/conflict/folder", PathConflict),
        ("path/insufficient_space", QuotaFull),
        ("path/too_many_write_operations", RateLimited),
        ("internal_error", DropboxUnavailable),
        ("path/restricted_content", ContentRestricted),
        ("path/operation_suppressed", DropboxRefused),
        ("access_restricted", DropboxRefused),
        ("encryption_not_supported", DropboxRefused),
        ("path/other", DropboxRefused),
        ("unheard_of", DropboxRefused),
    ],
)
def test_what_a_tag_stands_for(tag: str, kind: type[IntegrationError]) -> None:
    assert type(from_tag(tag)) is kind


@pytest.mark.parametrize(
    ("tag", "does"), [("path/other", False), ("other", False), ("no_write_permission", True)]
)
def test_other_names_no_reason(tag: str, does: bool) -> None:
    assert DropboxRefused(tag).names_a_reason is does


def test_a_file_may_have_fields_that_nobody_knows() -> None:
    file = to_remote_file({**FILE, "hologram": {".tag": "other"}, "client_modified": None})

    assert (file.file_id, file.path, file.size, file.is_downloadable) == ("id:1", "/a.pdf", 7, True)


@pytest.mark.parametrize(
    "fields",
    [
        {"id": None},
        {"size": "7"},
        {"size": -1},
        {"server_modified": "noon"},
        {"path_display": 7},
        {"id": "id:" + "x" * 2000},
        {"content_hash": "x" * 2000},
        {"path_display": "/" + "x" * 100000},
    ],
)
def test_a_file_without_what_is_needed_is_not_dropboxs(fields: dict[str, object]) -> None:
    with pytest.raises(NotDropboxs):
        to_remote_file({**FILE, **fields})
