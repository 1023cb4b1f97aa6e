"""Zips of every function for the AWS emulator, kept by the hash of what they are made of."""

from __future__ import annotations

import hashlib
import platform
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local.artifacts import Target, add_own_code, compile_bytecode, install_dependencies, own_files
from local.template import ROOT

# One date for every entry, the earliest that zip knows: a zip of the same files is the same zip.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_KEPT_SECONDS = 24 * 3600


def zip_function(function: str, cache: Path) -> Path:
    """The zip of one function for the interpreter at hand; made only if anything it holds changed.

    The dependencies, which are large and seldom change, are zipped once; a change of our own code
    only adds to a copy. Raises BuildFailed.
    """
    dependencies = _zip_dependencies(function, cache)
    code_hash = _hash([(str(file).encode(), (ROOT / file).read_bytes()) for file in own_files(function)])
    finished = cache / f"{function}-{dependencies.stem.rpartition('-')[2]}-{code_hash}.zip"
    if not finished.exists():
        with _replacing(finished) as draft:
            shutil.copyfile(dependencies, draft)
            with tempfile.TemporaryDirectory(dir=cache) as folder:
                add_own_code(function, Path(folder))
                compile_bytecode(Path(folder))
                _add_to_zip(Path(folder), draft)
    return finished


def _zip_dependencies(function: str, cache: Path) -> Path:
    requirements = (ROOT / "requirements" / f"{function}.txt").read_bytes()
    interpreter = f"{platform.python_implementation()} {platform.python_version()} {platform.platform()}"
    recipe = (ROOT / "local" / "artifacts.py").read_bytes()
    wanted = _hash([(requirements, b""), (interpreter.encode(), recipe)])
    finished = cache / f"dependencies-{function}-{wanted}.zip"
    if not finished.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with (
            _replacing(finished) as draft,
            tempfile.TemporaryDirectory(dir=cache) as folder,
        ):
            install_dependencies(function, Path(folder), Target.HOST)
            compile_bytecode(Path(folder))
            _add_to_zip(Path(folder), draft)
    return finished


def _hash(parts: list[tuple[bytes, bytes]]) -> str:
    digest = hashlib.sha256()
    for part in (half for pair in parts for half in pair):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:12]


@contextmanager
def _replacing(finished: Path) -> Iterator[Path]:
    """A draft that becomes `finished` at once and whole; zips of earlier days are cleared away."""
    with tempfile.TemporaryDirectory(dir=finished.parent) as folder:
        draft = Path(folder) / finished.name
        yield draft
        draft.replace(finished)
    for old in finished.parent.glob("*.zip"):
        # Not at once: another run in this tree may be reading it.
        if old.stat().st_mtime < time.time() - _KEPT_SECONDS:
            old.unlink(missing_ok=True)


def _add_to_zip(folder: Path, archive: Path) -> None:
    with zipfile.ZipFile(archive, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(str(file.relative_to(folder)), _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o755 if file.stat().st_mode & 0o100 else 0o644) << 16
            zipped.writestr(entry, file.read_bytes())
