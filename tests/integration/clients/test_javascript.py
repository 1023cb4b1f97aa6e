"""The official JavaScript SDK, unmodified, over https."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from local.dropbox_emulator import Account, App, DropboxEmulator, Fault, RateLimited

HERE = Path(__file__).with_name("javascript")
ROOT = Path(__file__).parents[3]
REDIRECT_URI = "http://localhost:8000/oauth/callback"


@pytest.fixture(scope="session")
def node() -> str:
    """The interpreter, with the SDK installed beside the scenarios."""
    done = subprocess.run(
        ["sh", ROOT / "tools/environment", "javascript"], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        pytest.fail(done.stderr, pytrace=False)
    return str(shutil.which("node"))


class Scenarios:
    """Runs scenarios of `scenarios.mjs` as one app of one user."""

    def __init__(
        self, node: str, emulator: DropboxEmulator, app: App, refresh_token: str, folder: Path
    ) -> None:
        self._node = node
        self._environment = {"PATH": os.environ["PATH"], "NODE_EXTRA_CA_CERTS": str(emulator.ca_file)}
        self._settings = {
            "url": emulator.https_url,
            "key": app.key,
            "secret": app.secret,
            "refreshToken": refresh_token,
            "redirectUri": REDIRECT_URI,
            "folder": str(folder),
        }

    def start(self, name: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [self._node, HERE / "scenarios.mjs", name, json.dumps(self._settings)],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, name: str) -> Any:
        """A scenario's result."""
        return self.result(self.start(name))

    def result(self, process: subprocess.Popen[str], answer: str | None = None) -> Any:
        output, errors = process.communicate(answer, timeout=60)
        assert process.returncode == 0, errors
        return json.loads(output)


@pytest.fixture
def scenarios(node: str, emulator: DropboxEmulator, alice: Account, app: App, tmp_path: Path) -> Scenarios:
    return Scenarios(node, emulator, app, emulator.link(app.key, alice), tmp_path)


@pytest.fixture
def three_files(alice: Account, root: str) -> None:
    for name in "abc":
        alice.write(f"{root}/{name}.txt", name.encode())


def test_account(scenarios: Scenarios, alice: Account) -> None:
    alice.write("/Apps/Jenji/a", b"123")

    assert scenarios.run("account") == {
        "name": "Alice Martin",
        "id": alice.id,
        "used": 3,
        "echoes": ["ping", "pong"],
    }


def test_files_up_down_and_about(scenarios: Scenarios, alice: Account, root: str) -> None:
    assert scenarios.run("files") == {
        "names": ["🧾 1.txt", "🧾 1 (1).txt"],
        "content": "first",
        "copied": "/copy.txt",
        "deleted": "file",
    }
    assert alice.tree_contents() == {
        f"{root}/Reçus/🧾 1.txt": b"first",
        f"{root}/Reçus/🧾 1 (1).txt": b"other",
    }


@pytest.mark.usefixtures("three_files")
def test_listing_with_cursors_and_a_long_poll(scenarios: Scenarios) -> None:
    found = scenarios.run("listing")

    first, second = found["pages"]
    assert (len(first), sorted(first + second)) == (2, ["a.txt", "b.txt", "c.txt"])
    assert (found["changes"], found["entries"]) == (True, [["deleted", "a.txt"]])


@pytest.mark.usefixtures("three_files")
def test_batches(scenarios: Scenarios, alice: Account, root: str) -> None:
    assert scenarios.run("batches") == {
        "made": ["success", "success", "failure", "failure"],
        "moved": ["success", "success", "success", "failure"],
        "copied": ["success"],
        "deleted": ["success", "failure"],
    }
    assert set(alice.tree_contents()) == {f"{root}/three/{name}.txt" for name in "abc"}


def test_large_files_in_parts_and_in_parallel(
    scenarios: Scenarios, alice: Account, root: str, tmp_path: Path
) -> None:
    scenarios.run("transfers")

    expected = (b"dropbox" * 1_400_000)[: 9 * 1024 * 1024 + 5]
    assert alice.read(f"{root}/sequential") == expected
    assert alice.read(f"{root}/parallel") == expected
    assert (tmp_path / "parallel").read_bytes() == expected
    assert (tmp_path / "ranged").read_bytes() == expected


def test_linking_with_pkce(scenarios: Scenarios, emulator: DropboxEmulator, alice: Account) -> None:
    process = scenarios.start("link")
    assert process.stdout is not None
    back = emulator.consent(process.stdout.readline().strip(), alice)

    result = scenarios.result(process, back.partition("code=")[2].partition("&")[0] + "\n")

    assert result == {"id": alice.id, "same": True}


def test_revoking(scenarios: Scenarios) -> None:
    result = scenarios.run("revocation")

    assert (result["old"]["status"], result["old"]["error"]["error"]) == (
        401,
        {".tag": "invalid_access_token"},
    )
    assert (result["refreshed"]["status"], result["refreshed"]["error"]["error"]) == (400, "invalid_grant")


@pytest.mark.usefixtures("three_files")
def test_errors(scenarios: Scenarios, emulator: DropboxEmulator) -> None:
    emulator.faults.add(Fault(route="users/get_space_usage", answer=RateLimited(3)))

    errors = scenarios.run("errors")

    assert {name: error["status"] for name, error in errors.items()} == {
        "missing": 409,
        "conflict": 409,
        "slash": 400,
        "wrongType": 400,
        "wrongHash": 409,
        "malformed": 401,
        "unknown": 401,
        "limited": 429,
    }
    assert errors["missing"]["error"]["error"] == {".tag": "path", "path": {".tag": "not_found"}}
    assert errors["conflict"]["error"]["error_summary"].startswith("path/conflict/file/")
    assert "root folder" in errors["slash"]["error"]
    assert errors["wrongHash"]["error"]["error"] == {".tag": "content_hash_mismatch"}
    assert errors["limited"]["error"]["error"]["retry_after"] == 3
