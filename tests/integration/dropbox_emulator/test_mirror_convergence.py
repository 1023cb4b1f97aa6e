"""Whatever a person does on the disk while the API changes the same paths, both sides end the same."""

import random
import shutil
from contextlib import suppress

import pytest

from local.dropbox_emulator import DropboxEmulator, MirrorPolicy
from local.dropbox_emulator.core.refusals import LookupRefused, WriteRefused

NAMES = ["a", "b", "c d", "é"]


def disk(directory):
    return {
        f"/{path.relative_to(directory)}": path.read_bytes() if path.is_file() else None
        for path in directory.rglob("*")
    }


def dropbox(account):
    return dict.fromkeys(account.folders()) | account.tree_contents()


def change_the_dropbox(account, action, path, other, data):
    actions = {
        "write": lambda: account.write(path, data),
        "delete": lambda: account.delete(path),
        "move": lambda: account.move(path, other),
        "make": lambda: account.make_folder(path),
    }
    with suppress(LookupRefused, WriteRefused, ValueError):
        actions[action]()


def change_the_disk(directory, action, path, other, data):
    source, target = directory / path[1:], directory / other[1:]
    with suppress(OSError):
        if action == "write":
            source.parent.mkdir(parents=True, exist_ok=True)
            source.write_bytes(data)
        elif action == "delete":
            shutil.rmtree(source) if source.is_dir() else source.unlink()
        elif action == "move":
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)
        else:
            source.mkdir(parents=True)


@pytest.mark.parametrize("seed", range(5))
def test_disk_and_dropbox_converge(tmp_path, eventually, seed):
    chance = random.Random(seed)

    def any_path():
        return "".join(f"/{chance.choice(NAMES)}" for _ in range(chance.randint(1, 3)))

    with DropboxEmulator(tmp_path, mirror_policy=MirrorPolicy(poll=0.01, settle=0.03)) as emulator:
        alice, directory = emulator.add_account("alice"), tmp_path / "alice"
        for step in range(150):
            action = chance.choice(["write", "write", "delete", "move", "make"])
            change, side = chance.choice([(change_the_dropbox, alice), (change_the_disk, directory)])
            change(side, action, any_path(), any_path(), b"%d" % step)

        eventually(lambda: disk(directory) == dropbox(alice), timeout=15)
