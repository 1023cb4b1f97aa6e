"""Downloads all of `Auto-Import`, one file a call or as one archive; every byte is hashed and lands on disk.

`python -m bench.downloads REFRESH_TOKEN THREADS FOLDER`; no threads mean one archive. How long it took and
the hashes of what has arrived are printed as JSON.
"""

from __future__ import annotations

import sys
import time
import zipfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

import requests
from dropbox import Dropbox, create_session
from dropbox.content_hash import DropboxContentHasher

from bench.processes import say
from local.dropbox_emulator import AUTO_IMPORT_APP

FOLDER = "/Auto-Import"
CHUNK = 1024 * 1024


def main() -> None:
    """Download everything, and say how long it took."""
    refresh_token, threads, name = sys.argv[1:]
    folder, at_once = Path(name), int(threads)
    dropbox = Dropbox(
        oauth2_refresh_token=refresh_token,
        app_key=AUTO_IMPORT_APP.key,
        session=create_session(max_connections=max(1, at_once)),
    )
    dropbox.check_and_refresh_access_token()
    started, processor_before = time.perf_counter(), time.process_time()
    hashes = sorted(_one_by_one(dropbox, folder, at_once) if at_once else _as_archive(dropbox, folder))
    say(
        hashes=hashes,
        seconds=time.perf_counter() - started,
        processor_seconds=time.process_time() - processor_before,
    )


def _one_by_one(dropbox: Dropbox, folder: Path, at_once: int) -> Iterable[str]:
    paths = [entry.path_lower for entry in dropbox.files_list_folder(FOLDER).entries]

    def download(path: str) -> str:
        _, answer = dropbox.files_download(path)
        return _kept(answer, folder / Path(path).name)

    with ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(download, paths))


def _as_archive(dropbox: Dropbox, folder: Path) -> Iterable[str]:
    _, answer = dropbox.files_download_zip(FOLDER)
    archive = folder / "archive.zip"
    _kept(answer, archive)
    with zipfile.ZipFile(archive) as opened:
        for member in opened.infolist():
            with opened.open(member) as content:
                yield _written(iter(lambda: content.read(CHUNK), b""), folder / Path(member.filename).name)


def _kept(answer: requests.Response, path: Path) -> str:
    with answer:
        return _written(answer.iter_content(CHUNK), path)


def _written(pieces: Iterator[bytes], path: Path) -> str:
    hasher = DropboxContentHasher()
    file: IO[bytes]
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece)
            hasher.update(piece)
    return str(hasher.hexdigest())


if __name__ == "__main__":
    main()
