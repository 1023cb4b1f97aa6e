"""Thumbnails, and the first versions of routes that older clients call."""

import base64
import io

import pytest
from dropbox import files
from dropbox.exceptions import ApiError
from PIL import Image

ROOT = "/Apps/Jenji"


@pytest.fixture
def picture(alice):
    drawn = io.BytesIO()
    Image.new("RGBA", (400, 200), "red").save(drawn, "PNG")
    alice.write(f"{ROOT}/a.png", drawn.getvalue())


def size_of(data):
    with Image.open(io.BytesIO(data)) as thumbnail:
        return thumbnail.format, thumbnail.size


@pytest.mark.usefixtures("picture")
@pytest.mark.parametrize(
    ("mode", "size"),
    [("strict", (64, 32)), ("bestfit", (64, 32)), ("fitone_bestfit", (128, 64)), ("original", (400, 200))],
)
def test_a_thumbnail_fits_its_size_as_its_mode_says(client, mode, size):
    metadata, answer = client.files_get_thumbnail("/a.png", mode=getattr(files.ThumbnailMode, mode))

    assert metadata.name == "a.png"
    assert size_of(answer.content) == ("JPEG", size)


@pytest.mark.usefixtures("picture")
def test_the_second_version_and_the_batch_give_the_same_thumbnail(client):
    _, answer = client.files_get_thumbnail_v2(files.PathOrLink.path("/a.png"))
    batch = client.files_get_thumbnail_batch([files.ThumbnailArg("/a.png"), files.ThumbnailArg("/no.png")])

    good, missing = batch.entries
    assert base64.b64decode(good.get_success().thumbnail) == answer.content
    assert missing.get_failure().get_path().is_not_found()


@pytest.mark.parametrize(
    ("name", "reason"),
    [("a.pdf", "unsupported_extension"), ("a.png", "conversion_error"), ("b.png", "path")],
)
def test_what_has_no_thumbnail_is_refused_with_its_reason(client, alice, name, reason):
    if name != "b.png":
        alice.write(f"{ROOT}/{name}", b"no picture")

    with pytest.raises(ApiError) as refused:
        client.files_get_thumbnail(f"/{name}")

    assert refused.value.error._tag == reason


@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
def test_the_first_versions_answer_with_the_metadata_alone(client):
    made = client.files_create_folder("/f")
    moved = client.files_move("/f", "/g")
    copied = client.files_copy("/g", "/h")
    deleted = client.files_delete("/g")

    assert [each.path_display for each in (made, moved, copied, deleted)] == ["/f", "/g", "/h", "/g"]
    assert made.id == moved.id == deleted.id != copied.id
