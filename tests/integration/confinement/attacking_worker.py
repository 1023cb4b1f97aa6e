"""A worker that a document has taken over: each request names what it tries to do to whoever is outside."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shared.confinement.limits import Limits
from shared.confinement.worker import Attached, limits_argument, serve

LIBC = ctypes.CDLL(None, use_errno=True)
_PTRACE_ATTACH, _F_SETOWN, _F_SETPIPE_SZ, _CLONE_NEWUSER = 16, 8, 1031, 0x1000_0000
_SYSCALLS = {
    "process_vm_readv": 310,
    "io_uring_setup": 425,
    "pidfd_open": 434,
    "memfd_create": 319,
    "bpf": 321,
}


def _called(answer: int) -> None:
    if answer < 0:
        raise OSError(ctypes.get_errno(), "refused")


def _file_of(process: int, name: str) -> Callable[[], object]:
    return lambda: Path(f"/proc/{process}/{name}").read_bytes()[:100]


def _connect() -> None:
    with socket.socket() as stranger:
        stranger.connect(("127.0.0.1", 9))


def _write_into(process: int) -> None:
    with Path(f"/proc/{process}/mem").open("r+b") as memory:
        memory.write(b"x")


def _share_pages() -> None:
    _called(LIBC.syscall(_SYSCALLS["process_vm_readv"], os.getppid(), None, 0, None, 0, 0))


def _new_world() -> None:
    _called(LIBC.unshare(_CLONE_NEWUSER))


def attacks(place: Path) -> dict[str, Callable[[], object]]:
    parent = os.getppid()
    return {
        "read the parent's environment": _file_of(parent, "environ"),
        "read the parent's memory": _file_of(parent, "mem"),
        "see the parent's memory map": _file_of(parent, "maps"),
        "see the parent's descriptors": Path(f"/proc/{parent}/fd/0").readlink,
        "write into the parent": lambda: _write_into(parent),
        "copy the parent's memory": _share_pages,
        "trace the parent": lambda: _called(LIBC.ptrace(_PTRACE_ATTACH, parent, 0, 0)),
        "hold the parent by a descriptor": lambda: _called(LIBC.syscall(_SYSCALLS["pidfd_open"], parent, 0)),
        "end the parent": lambda: os.kill(parent, signal.SIGKILL),
        "starve the parent": lambda: resource.prlimit(parent, resource.RLIMIT_CPU, (1, 1)),
        "have the parent signalled": lambda: fcntl.fcntl(0, _F_SETOWN, parent),
        "shrink the parent's pipe": lambda: fcntl.fcntl(0, _F_SETPIPE_SZ, 4096),
        "open a socket": socket.socket,
        "open a socket of this machine": lambda: socket.socket(socket.AF_UNIX),
        "reach the network": _connect,
        "ask for input and output by a ring": lambda: _called(
            LIBC.syscall(_SYSCALLS["io_uring_setup"], 8, ctypes.create_string_buffer(120))
        ),
        "load a program into the kernel": lambda: _called(LIBC.syscall(_SYSCALLS["bpf"], 0, 0, 0)),
        "fork": os.fork,
        "start a program": lambda: subprocess.run([sys.executable, "-V"], check=True),
        "become a program": lambda: os.execv(sys.executable, [sys.executable, "-V"]),
        "hide a program in memory": lambda: _called(LIBC.syscall(_SYSCALLS["memfd_create"], b"x", 0)),
        "make a world of its own": _new_world,
        "write a file": lambda: (place / "written").write_text("x"),
        "change the document": lambda: (place / "document").write_text("x"),
        "truncate the document": lambda: os.truncate(place / "document", 0),
        "delete the document": (place / "document").unlink,
        "move the document": lambda: (place / "document").rename(place / "moved"),
        "lay a link": lambda: (place / "link").symlink_to("/proc/self/environ"),
        "lay a second name": lambda: os.link(place / "document", place / "second"),
        "lay a pipe": lambda: os.mkfifo(place / "pipe"),
    }


def answer(request: dict[str, Any]) -> object:
    """Do it, and tell what came of it: `done`, or the name of the error."""
    match request["do"]:
        case "say what you hold":
            descriptors = [str(Path(f"/proc/self/fd/{each}").readlink()) for each in (0, 1, 2)]
            return {
                "environment": sorted(os.environ),
                "descriptors": descriptors,
                "open": _open_descriptors(),
            }
        case "compute with threads":
            return _sums_by_threads()
        case "attach":
            return Attached("here", b"\x00" * request["bytes"])
        case "say":
            return {"raw": request["text"]}
        case attempt:
            return tried(attacks(Path(request["place"]))[attempt])


def _open_descriptors() -> list[int]:
    return [each for each in range(256) if _is_open(each)]


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def _sums_by_threads() -> int:
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(sum(range(1000)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(found)


def tried(attack: Callable[[], object]) -> str:
    try:
        attack()
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, "?")
    return "done"


def main() -> None:
    serve(Limits(**limits_argument()), answer)
