"""rclone, unmodified, with one account of the Dropbox emulator as its remote `dropbox:`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from local.dropbox_emulator import Account, App, DropboxEmulator

RCLONE = Path(sys.executable).with_name("rclone")


class Rclone:
    """Runs rclone with one remote, `dropbox:`."""

    def __init__(self, emulator: DropboxEmulator, config: Path) -> None:
        self.emulator = emulator
        self._config = config

    def start(self, *arguments: str | Path) -> subprocess.Popen[str]:
        """A command that goes on."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self._config.parent),
            "HTTPS_PROXY": self.emulator.proxy_url,
            "SSL_CERT_FILE": str(self.emulator.ca_file),
            "RCLONE_CONFIG": str(self._config),
            "RCLONE_CA_CERT": str(self.emulator.ca_file),
            "RCLONE_RETRIES": "1",
            "RCLONE_DROPBOX_PACER_MIN_SLEEP": "0",
            "RCLONE_DROPBOX_BATCH_TIMEOUT": "10ms",
        }
        return subprocess.Popen(
            [RCLONE, *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def fails(self, *arguments: str | Path) -> str:
        """What a command writes to standard error that must fail."""
        process = self.start(*arguments)
        output, errors = process.communicate(timeout=60)
        assert process.returncode != 0, output
        return errors

    def __call__(self, *arguments: str | Path) -> str:
        """What a command prints that must succeed."""
        process = self.start(*arguments)
        output, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
        return output


def rclone_of(emulator: DropboxEmulator, account: Account, app: App, directory: Path) -> Rclone:
    """With an access token that has expired; its configuration lies in `directory`."""
    token = {
        "access_token": "expired",
        "token_type": "bearer",
        "refresh_token": emulator.link(app.key, account),
        "expiry": "2020-01-01T00:00:00Z",
    }
    config = directory / "rclone.conf"
    config.write_text(
        f"[dropbox]\ntype = dropbox\nclient_id = {app.key}\nclient_secret = {app.secret}\n"
        f"token = {json.dumps(token)}\n",
        encoding="utf-8",
    )
    return Rclone(emulator, config)
