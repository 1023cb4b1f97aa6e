"""The peer of the synchronisation: the SDK's `files_upload`, one call a document, on some threads.

`python -m bench.plain_uploads REFRESH_TOKEN THREADS FOLDER`; how long it took is printed as JSON.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dropbox import Dropbox, create_session

from bench.processes import say
from local.dropbox_emulator import SYNCHRONISATION_APP


def main() -> None:
    """Upload every file of the folder."""
    refresh_token, threads, folder = sys.argv[1:]
    dropbox = Dropbox(
        oauth2_refresh_token=refresh_token,
        app_key=SYNCHRONISATION_APP.key,
        session=create_session(max_connections=int(threads)),
    )
    started, processor_before = time.perf_counter(), time.process_time()
    dropbox.check_and_refresh_access_token()
    with ThreadPoolExecutor(int(threads)) as pool:
        sizes = list(pool.map(lambda document: _upload(dropbox, document), sorted(Path(folder).iterdir())))
    say(
        uploaded=len(sizes),
        seconds=time.perf_counter() - started,
        processor_seconds=time.process_time() - processor_before,
    )


def _upload(dropbox: Dropbox, document: Path) -> int:
    metadata = dropbox.files_upload(document.read_bytes(), f"/Jenji/{document.name}", mute=True)
    return int(metadata.size)


if __name__ == "__main__":
    main()
