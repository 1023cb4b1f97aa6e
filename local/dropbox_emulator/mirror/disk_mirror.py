"""The mirror on disk: `root/<account>/…` shows each account's Dropbox, both ways."""

import shutil
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from local.dropbox_emulator.core.account import Account
from local.dropbox_emulator.mirror.reader import MirrorReader
from local.dropbox_emulator.mirror.writer import MirrorWriter

# However many files there are, looking at them should take no more than this share of a processor…
_DUTY = 0.1
# …but nobody should wait longer than this, in seconds.
_LONGEST_DELAY = 2.0


@dataclass(frozen=True)
class MirrorPolicy:
    """Seconds between two looks at the disk, and how long a change must stand still to count."""

    poll: float = 0.3
    settle: float = 1.0


class DiskMirror:
    """Watches the directories of all accounts in one thread."""

    def __init__(self, root: Path, policy: MirrorPolicy) -> None:
        self._root = root
        self._staging = root / ".staging"
        self._policy = policy
        self._readers: list[MirrorReader] = []
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="dropbox-mirror", daemon=True)
        self._staging.mkdir(parents=True, exist_ok=True)

    def add(self, account: Account) -> None:
        """Mirror an account; what its directory holds already is taken in as if copied there now."""
        directory = self._root / account.name
        directory.mkdir(exist_ok=True)
        writer = MirrorWriter(directory, self._staging, account.contents)
        account.tree.observer = writer
        self._readers.append(MirrorReader(account, writer, self._policy.settle))

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Stop watching; the files stay."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()
        shutil.rmtree(self._staging, ignore_errors=True)

    def _run(self) -> None:
        delay = self._policy.poll
        while not self._stopping.wait(delay):
            started = time.monotonic()
            for reader in list(self._readers):
                reader.poll()
            delay = max(self._policy.poll, min((time.monotonic() - started) / _DUTY, _LONGEST_DELAY))
