"""Pictures of more parts than their decoders, which go through them one by one, are asked to open."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bench.hostile_documents import (
    blanks_between_blocks,
    empty_chunks,
    empty_segments,
    fill_bytes,
    overlapping_directories,
    short_comments,
)
from shared.pictures.parts import has_too_many_parts


@pytest.mark.parametrize(
    ("make", "content_type", "few", "many"),
    [
        (empty_segments, "image/jpeg", 100, 100_000),
        (fill_bytes, "image/jpeg", 100, 100_000),
        (empty_chunks, "image/png", 100, 100_000),
        (short_comments, "image/gif", 100, 400_000),
        (blanks_between_blocks, "image/gif", 100, 400_000),
        (overlapping_directories, "image/tiff", 3, 100),
    ],
)
def test_a_picture_of_a_great_many_parts_is_told_from_one_of_a_few(
    tmp_path: Path, make: Callable[[int], bytes], content_type: str, few: int, many: int
) -> None:
    usual, hostile = tmp_path / "usual", tmp_path / "hostile"
    usual.write_bytes(make(few))
    hostile.write_bytes(make(many))

    verdicts = has_too_many_parts(usual, content_type), has_too_many_parts(hostile, content_type)

    assert verdicts == (False, True)


@pytest.mark.parametrize(
    ("file_format", "content_type"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("GIF", "image/gif"), ("TIFF", "image/tiff")],
)
def test_a_picture_that_is_cut_off_is_left_to_its_decoder(
    tmp_path: Path, file_format: str, content_type: str
) -> None:
    buffer = BytesIO()
    Image.new("L", (20, 30), 200).save(buffer, file_format)
    path = tmp_path / "picture"

    for length in range(len(buffer.getvalue())):
        path.write_bytes(buffer.getvalue()[:length])

        assert not has_too_many_parts(path, content_type)


def test_a_directory_of_a_tiff_that_leads_back_to_itself_ends(tmp_path: Path) -> None:
    path = tmp_path / "circle.tiff"
    path.write_bytes(b"II*\x00\x08\x00\x00\x00" + b"\x00\x00" + b"\x08\x00\x00\x00")

    assert not has_too_many_parts(path, "image/tiff")
