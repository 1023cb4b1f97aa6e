"""Builds every function for the AWS emulator, kept by the hash of what it is made of.

A zip holds a function's own code alone. Its packages are unpacked once for all functions that lock the same:
the emulator unpacks a zip for every instance it runs, and a dozen copies of 30 MB are most of a gigabyte.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from local.artifacts import Target, add_own_code, compile_bytecode, install_dependencies, own_files
from local.template import ROOT

# One date for every entry, the earliest that zip knows: a zip of the same files is the same zip.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
# Older ones of a kind are cleared away; not all, since another run in this checkout may be reading one.
_KEPT = 3
_KEPT_PACKAGES = 12


@dataclass(frozen=True, slots=True)
class BuiltFunction:
    """What is deployed of a function: a zip of its own code, and the folder that its packages lie in."""

    code: Path
    packages: Path


def build_functions(
    folders: Mapping[str, str], cache: Path, on_step: Callable[[str], None] = lambda _: None
) -> dict[str, BuiltFunction]:
    """The builds of functions, by the same keys as their folders; `on_step` hears of each that is made.

    Raises BuildFailed.
    """
    return {
        key: build_function(folder, cache, lambda what: on_step(f"Building {what}"))
        for key, folder in folders.items()
    }


def build_function(
    function: str, cache: Path, on_build: Callable[[str], None] = lambda _: None
) -> BuiltFunction:
    """One function for the interpreter at hand; made only if its parts changed. Raises BuildFailed."""
    cache.mkdir(parents=True, exist_ok=True)
    packages = _packages(function, cache, on_build)
    return BuiltFunction(_zip_code(function, cache, on_build), packages)


def _zip_code(function: str, cache: Path, on_build: Callable[[str], None]) -> Path:
    parts = [
        part for file in own_files(function) for part in (str(file).encode(), (ROOT / file).read_bytes())
    ]
    finished = cache / f"code-{function}-{_hash(_interpreter(), *parts)}.zip"
    if not finished.exists():
        on_build(function)
        with _drafted(finished) as (draft, folder):
            add_own_code(function, folder)
            compile_bytecode(folder)
            _add_to_zip(folder, draft)
        _clear_away(cache, f"code-{function}-*.zip")
    return finished


def _packages(function: str, cache: Path, on_build: Callable[[str], None]) -> Path:
    locked = (ROOT / "requirements" / f"{function}.txt").read_text().splitlines()
    # A comment names the function that asks for a package.
    packages = "\n".join(line for line in locked if not line.lstrip().startswith("#")).encode()
    recipe = (ROOT / "local" / "artifacts.py").read_bytes()
    finished = cache / f"packages-{_hash(packages, _interpreter(), recipe)}"
    if finished.exists():
        os.utime(finished)
        return finished
    on_build(f"{function}: its packages")
    with _drafted(finished) as (draft, _):
        draft.mkdir()
        install_dependencies(function, draft, Target.HOST)
        compile_bytecode(draft)
    _clear_away(cache, "packages-*", kept=_KEPT_PACKAGES)
    return finished


def _interpreter() -> bytes:
    return f"{platform.python_implementation()} {platform.python_version()} {platform.platform()}".encode()


def _hash(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:12]


@contextmanager
def _drafted(finished: Path) -> Iterator[tuple[Path, Path]]:
    """A draft that becomes `finished` at once and whole, and an empty folder to fill it from."""
    with tempfile.TemporaryDirectory(dir=finished.parent) as scratch:
        draft, folder = Path(scratch) / finished.name, Path(scratch) / "content"
        folder.mkdir()
        yield draft, folder
        # Another run in this checkout may have finished the same folder first.
        if not finished.is_dir():
            draft.replace(finished)


def _clear_away(cache: Path, pattern: str, kept: int = _KEPT) -> None:
    newest_first = sorted(cache.glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in newest_first[kept:]:
        if old.is_dir():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.unlink(missing_ok=True)


def _add_to_zip(folder: Path, archive: Path) -> None:
    with zipfile.ZipFile(archive, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(str(file.relative_to(folder)), _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o755 if file.stat().st_mode & 0o100 else 0o644) << 16
            zipped.writestr(entry, file.read_bytes())
