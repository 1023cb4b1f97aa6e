"""Thumbnails of pictures, one at a time and in batches."""

import base64
import io
from collections.abc import Callable
from typing import Any

from dropbox import files
from PIL import Image, UnidentifiedImageError

from local.dropbox_emulator.api.metadata import describe_file
from local.dropbox_emulator.api.registry import Caller, Download, implements
from local.dropbox_emulator.core.contents import Content
from local.dropbox_emulator.core.refusals import RouteRefused, answering

_EXTENSIONS = (".jpg", ".jpeg", ".png", ".tiff", ".tif", ".gif", ".webp", ".ppm", ".bmp")
_LARGEST = 20 * 1024 * 1024

# ruff: noqa: ANN401 - Stone's unions are untyped


@implements("files/get_thumbnail")
def get_thumbnail(caller: Caller, arg: files.ThumbnailArg) -> Download:
    """The thumbnail of a picture."""
    metadata, thumbnail = _thumbnail(caller, arg.path, arg, files.ThumbnailError)
    return Download(metadata, caller.account.contents.path(thumbnail.content_hash), metadata.rev)


@implements("files/get_thumbnail_v2")
def get_thumbnail_v2(caller: Caller, arg: files.ThumbnailV2Arg) -> Download:
    """The same, of a path; a link leads nowhere."""
    if not arg.resource.is_path():
        raise RouteRefused(files.ThumbnailV2Error.not_found)
    metadata, thumbnail = _thumbnail(caller, arg.resource.get_path(), arg, files.ThumbnailV2Error)
    result = files.PreviewResult(file_metadata=metadata)
    return Download(result, caller.account.contents.path(thumbnail.content_hash), metadata.rev)


@implements("files/get_thumbnail_batch")
def get_thumbnail_batch(caller: Caller, arg: files.GetThumbnailBatchArg) -> files.GetThumbnailBatchResult:
    """The thumbnails of several pictures, each by itself, in the answer itself."""
    if len(arg.entries) > 25:
        raise RouteRefused(files.GetThumbnailBatchError.too_many_files)
    return files.GetThumbnailBatchResult(entries=[_try(caller, entry) for entry in arg.entries])


def _try(caller: Caller, arg: files.ThumbnailArg) -> files.GetThumbnailBatchResultEntry:
    try:
        metadata, thumbnail = _thumbnail(caller, arg.path, arg, files.ThumbnailError)
    except RouteRefused as refused:
        return files.GetThumbnailBatchResultEntry.failure(refused.error)
    data = base64.b64encode(caller.account.contents.read(thumbnail.content_hash)).decode()
    return files.GetThumbnailBatchResultEntry.success(
        files.GetThumbnailBatchResultData(metadata=metadata, thumbnail=data)
    )


def _thumbnail(caller: Caller, path: str, arg: Any, errors: Any) -> tuple[files.FileMetadata, Content]:
    """A picture's metadata and its thumbnail, as `arg` wants it.

    Raises:
        RouteRefused: with one of `errors`.

    """
    with caller.locked() as view, answering(lookup=errors.path):
        file, revision = view.find_file(path)
        metadata = describe_file(view, file, revision)
    if not metadata.name.lower().endswith(_EXTENSIONS):
        raise RouteRefused(errors.unsupported_extension)
    if revision.content.size > _LARGEST:
        raise RouteRefused(errors.unsupported_image)
    contents = caller.account.contents
    try:
        thumbnail = _shrink(contents.read(revision.content.content_hash), arg)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise RouteRefused(errors.conversion_error) from error
    return metadata, contents.add((thumbnail,))


def _shrink(data: bytes, arg: Any) -> bytes:
    tag = arg.format._tag
    width, height = _SIZES[arg.size._tag]
    shrunk = io.BytesIO()
    with Image.open(io.BytesIO(data)) as picture:
        ready = picture if tag == "png" else picture.convert("RGB")
        _MODES[arg.mode._tag](ready, width, height).save(shrunk, tag.upper())
    return shrunk.getvalue()


def _scaled(picture: Image.Image, scale: float) -> Image.Image:
    """The picture made smaller; never larger."""
    scale = min(scale, 1.0)
    return picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))))


def _fitting(picture: Image.Image, width: int, height: int) -> Image.Image:
    return _scaled(picture, min(width / picture.width, height / picture.height))


def _best_fitting(picture: Image.Image, width: int, height: int) -> Image.Image:
    """Fit the size or its transpose, whichever leaves more of the picture."""
    return max(
        (_fitting(picture, *size) for size in ((width, height), (height, width))),
        key=lambda fitted: fitted.width,
    )


def _covering(picture: Image.Image, width: int, height: int) -> Image.Image:
    """Cover the size or its transpose, whichever needs less of the picture."""
    sides = ((width, height), (height, width))
    return _scaled(picture, min(max(w / picture.width, h / picture.height) for w, h in sides))


def _sized(name: str) -> tuple[int, int]:
    """The sides in a name such as ``w640h480``."""
    width, _, height = name[1:].partition("h")
    return int(width), int(height)


_SIZES = {name: _sized(name) for name in files.ThumbnailSize._tagmap}
_MODES: dict[str, Callable[[Image.Image, int, int], Image.Image]] = {
    "strict": _fitting,
    "bestfit": _best_fitting,
    "fitone_bestfit": _covering,
    "original": lambda picture, _width, _height: picture,
}
