"""Pictures that viewers show although a decoder balks at them, or could not afford them."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, TiffImagePlugin, TiffTags

from functions.auto_import.inspection.inspect_file import inspect_file
from functions.auto_import.inspection.verdicts import DocumentType, InspectionLimits
from shared.domain.errors import DocumentRejected
from shared.domain.rejections import RejectionReason
from tests.unit.inspection import documents


def test_a_png_with_a_bad_animation_still_shows_its_picture(tmp_path: Path) -> None:
    frames = [Image.new("L", (20, 20), shade) for shade in (0, 120, 255)]
    out = io.BytesIO()
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    path = tmp_path / "animated.png"
    # An animation of no frames, its checksum wrong besides.
    path.write_bytes(out.getvalue().replace(b"acTL\x00\x00\x00\x03", b"acTL\x00\x00\x00\x00"))

    inspection = inspect_file(path, InspectionLimits())

    assert inspection.type is DocumentType.PNG


def heic(path: Path) -> Path:
    photo = pillow_heif.from_pillow(Image.effect_noise((640, 480), 90).convert("RGB"))
    photo.save(path, quality=90)
    return path


def test_a_whole_heic_too_large_to_decode_here_is_imported(tmp_path: Path) -> None:
    small = replace(InspectionLimits(), decoding_bytes=640 * 480)

    inspection = inspect_file(heic(tmp_path / "huge.heic"), small)

    assert (inspection.type, inspection.complete) == (DocumentType.HEIC, True)


def test_one_that_is_not_whole_is_rejected(tmp_path: Path) -> None:
    path = heic(tmp_path / "huge.heic")
    path.write_bytes(path.read_bytes()[:-1000])
    small = replace(InspectionLimits(), decoding_bytes=640 * 480)

    with pytest.raises(DocumentRejected) as rejected:
        inspect_file(path, small)

    assert rejected.value.reason is RejectionReason.TOO_COMPLEX


def test_one_beyond_all_pixels_is_rejected(tmp_path: Path) -> None:
    small = replace(InspectionLimits(), decoding_bytes=640 * 480, pixels=640 * 480 - 1)

    with pytest.raises(DocumentRejected) as rejected:
        inspect_file(heic(tmp_path / "huge.heic"), small)

    assert rejected.value.reason is RejectionReason.TOO_COMPLEX


@pytest.mark.parametrize(
    "tags", [{50706: b"\x01\x04\x00\x00"}, {254: 1, 330: 8}], ids=["DNG", "a thumbnail and pictures within"]
)
def test_the_thumbnail_of_a_raw_photo_is_not_the_photo(tmp_path: Path, tags: dict[int, object]) -> None:
    path = tmp_path / "photo.dng"
    directory = TiffImagePlugin.ImageFileDirectory_v2()
    for tag, value in tags.items():
        directory.tagtype[tag] = TiffTags.BYTE if isinstance(value, bytes) else TiffTags.LONG
        directory[tag] = value
    documents.picture(16, 12).save(path, "TIFF", tiffinfo=directory)

    with pytest.raises(DocumentRejected) as rejected:
        inspect_file(path, InspectionLimits())

    assert rejected.value.reason is RejectionReason.UNSUPPORTED_TYPE


def test_a_page_of_small_size_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "pages.tiff"
    directory = TiffImagePlugin.ImageFileDirectory_v2()
    directory.tagtype[254] = TiffTags.LONG
    directory[254] = 2
    documents.picture(16, 12).save(path, "TIFF", tiffinfo=directory)

    assert inspect_file(path, InspectionLimits()).type is DocumentType.TIFF


def test_memory_that_runs_out_at_a_later_page_of_a_tiff_is_no_fault_of_the_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seek = TiffImagePlugin.TiffImageFile.seek

    def seek_first_alone(image: TiffImagePlugin.TiffImageFile, page: int) -> None:
        if page:
            raise MemoryError
        seek(image, page)

    monkeypatch.setattr(TiffImagePlugin.TiffImageFile, "seek", seek_first_alone)
    path = tmp_path / "pages.tiff"
    path.write_bytes(documents.tiff_of_pages(2))

    with pytest.raises(MemoryError):
        inspect_file(path, InspectionLimits())
