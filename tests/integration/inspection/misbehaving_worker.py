"""A worker whose documents say how it shall misbehave."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from functions.auto_import.inspection.inspect_file import inspect_file
from functions.auto_import.inspection.verdicts import DocumentType, Inspection, InspectionLimits
from functions.auto_import.inspection.worker import serve

HOARD: list[bytearray] = []


def hang() -> None:
    signal.pause()


def spin() -> None:
    while True:
        pass


def allocate() -> None:
    held = []
    while True:
        held.append(bytearray(1 << 20))


def hoard() -> None:
    HOARD.append(bytearray(150 << 20))


def crash() -> None:
    ctypes.string_at(0)


def maim() -> None:
    """Answer, and crash at whatever comes next."""
    BEHAVIOURS["who are you"] = crash


def leave() -> None:
    os._exit(0)


def shout() -> None:
    sys.stdout.write("SECRET" * 10_000)
    sys.stdout.flush()
    os.write(1, b"SECRET\n")
    os.write(2, b"SECRET\n")


def garble() -> None:
    for descriptor in range(3, 10):
        try:
            os.write(descriptor, b'{"type": "EXECUTABLE"}\n')
        except OSError:
            continue


def fail() -> None:
    raise RuntimeError("SECRET")


def refuse_if_trusted() -> None:
    if set(os.environ) - {"LD_LIBRARY_PATH", "MALLOC_ARENA_MAX", "LC_CTYPE"}:
        crash()


BEHAVIOURS: dict[str, Callable[[], None]] = {
    behaviour.__name__: behaviour
    for behaviour in (hang, spin, allocate, hoard, crash, maim, leave, shout, garble, fail, refuse_if_trusted)
}


def inspect(path: Path, limits: InspectionLimits) -> Inspection:
    """Misbehave as the document says; the number of pages tells which process answers."""
    content = path.read_bytes()
    if content.startswith(b"%PDF"):
        return inspect_file(path, limits)
    BEHAVIOURS.get(content.decode(), lambda: None)()
    return Inspection(DocumentType.TIFF, pages=os.getpid(), complete=True)


def main() -> None:
    serve(inspect)
