"""What is in order by its markers is not decoded: then every decoder must be able to show it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from functions.auto_import.inspection.jpeg_markers import plain_jpeg

HEADERS = 700


def jpeg(mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((64, 48)).convert(mode).save(out, "JPEG", **options)
    return out.getvalue()


ORDINARY = [
    jpeg("L"),
    jpeg("RGB"),
    jpeg("CMYK"),
    jpeg("RGB", progressive=True),
    jpeg("L", progressive=True),
    jpeg("RGB", subsampling=2, restart_marker_blocks=2),
    jpeg("RGB", comment=b"\xff\xd9 in a comment is no end", dpi=(300, 300)),
]


def size_of(data: bytes, tmp_path: Path) -> tuple[int, int] | None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(data)
    plain = plain_jpeg(path)
    return (plain.width, plain.height) if plain else None


@pytest.mark.parametrize("data", ORDINARY)
def test_ordinary_photos_need_no_decoder(data: bytes, tmp_path: Path) -> None:
    assert size_of(data, tmp_path) == (64, 48)


def test_a_video_behind_the_photo_is_no_matter(tmp_path: Path) -> None:
    assert size_of(jpeg() + b"\x00\x00\x00\x18ftypmp42" + bytes(5000), tmp_path) == (64, 48)


@pytest.mark.parametrize("data", ORDINARY)
@pytest.mark.parametrize("tenths", range(1, 10))
def test_a_photo_without_its_end_is_left_to_a_decoder(data: bytes, tenths: int, tmp_path: Path) -> None:
    assert size_of(data[: len(data) * tenths // 10], tmp_path) is None


@given(
    base=st.sampled_from(ORDINARY),
    changes=st.lists(st.tuples(st.integers(2, HEADERS), st.binary(max_size=4)), min_size=1, max_size=3),
)
@settings(
    max_examples=400,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_is_called_in_order_a_decoder_shows(
    base: bytes, changes: list[tuple[int, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    data = bytearray(base)
    for position, replacement in changes:
        data[position : position + 1] = replacement

    size = size_of(bytes(data), tmp_path)

    if size is not None:
        with Image.open(io.BytesIO(data)) as image:
            assert image.size == size
            image.draft("L", (1, 1))
            image.load()
