"""Zips of every function for the AWS emulator, kept by the hash of what they are made of."""

from __future__ import annotations

import hashlib
import platform
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local.artifacts import Target, add_own_code, compile_bytecode, install_dependencies, own_files
from local.template import ROOT

# One date for every entry, the earliest that zip knows: a zip of the same files is the same zip.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
# Older ones of a kind are cleared away; not all, since another run in this checkout may be reading one.
_KEPT = 3


def zip_function(function: str, cache: Path) -> Path:
    """The zip of one function for the interpreter at hand; made only if anything it holds changed.

    The dependencies, which are large and seldom change, are zipped once; a change of our own code
    only adds to a copy. Raises BuildFailed.
    """
    cache.mkdir(parents=True, exist_ok=True)
    dependencies = _zip_dependencies(function, cache)
    code = [part for file in own_files(function) for part in (str(file).encode(), (ROOT / file).read_bytes())]
    finished = cache / f"{function}-{_hash(dependencies.name.encode(), *code)}.zip"
    if not finished.exists():
        with _drafted(finished) as (draft, folder):
            shutil.copyfile(dependencies, draft)
            add_own_code(function, folder)
            compile_bytecode(folder)
            _add_to_zip(folder, draft)
        _clear_away(cache, f"{function}-*.zip")
    return finished


def _zip_dependencies(function: str, cache: Path) -> Path:
    requirements = (ROOT / "requirements" / f"{function}.txt").read_bytes()
    interpreter = f"{platform.python_implementation()} {platform.python_version()} {platform.platform()}"
    recipe = (ROOT / "local" / "artifacts.py").read_bytes()
    finished = cache / f"dependencies-{function}-{_hash(requirements, interpreter.encode(), recipe)}.zip"
    if not finished.exists():
        with _drafted(finished) as (draft, folder):
            install_dependencies(function, folder, Target.HOST)
            compile_bytecode(folder)
            _add_to_zip(folder, draft)
        _clear_away(cache, f"dependencies-{function}-*.zip")
    return finished


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
        draft.replace(finished)


def _clear_away(cache: Path, pattern: str) -> None:
    newest_first = sorted(cache.glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in newest_first[_KEPT:]:
        old.unlink(missing_ok=True)


def _add_to_zip(folder: Path, archive: Path) -> None:
    with zipfile.ZipFile(archive, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(str(file.relative_to(folder)), _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o755 if file.stat().st_mode & 0o100 else 0o644) << 16
            zipped.writestr(entry, file.read_bytes())
