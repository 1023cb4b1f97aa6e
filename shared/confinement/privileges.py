"""What a process gives up: being looked into by others, and the powers it was started with."""

from __future__ import annotations

import ctypes
import os
import sys

_PR_SET_DUMPABLE = 4
_CAPABILITY_VERSION = 0x2008_0522
_SECRETS = {b"AWS_ACCESS_KEY_ID", b"AWS_SECRET_ACCESS_KEY", b"AWS_SESSION_TOKEN"}
_MOST_VARIABLES = 10_000
_IS_LINUX = sys.platform == "linux"


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("process", ctypes.c_int))


def close_to_others() -> None:
    """Let no process without privileges read this one's memory, environment or descriptors, or trace it.

    Does nothing on systems other than Linux, where nothing is deployed. Raises OSError.
    """
    if _IS_LINUX:
        libc = ctypes.CDLL(None, use_errno=True)
        _check(libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0))


def blank_secrets() -> None:
    """Overwrite the credentials in the environment that this process was started with.

    `/proc/…/environ` shows that memory as long as the process lives; `os.environ` is a copy.
    """
    if not _IS_LINUX:
        return
    entries = ctypes.POINTER(ctypes.c_void_p).in_dll(ctypes.CDLL(None), "environ")
    for number in range(_MOST_VARIABLES):
        address = entries[number] if entries else None
        if not address:
            return
        name, separator, value = ctypes.string_at(address).partition(b"=")
        if name in _SECRETS and separator:
            ctypes.memset(address + len(name) + 1, ord("x"), len(value))


def drop_capabilities() -> None:
    """Be no more than the user that one is, should that be root in a container. Raises OSError."""
    if _IS_LINUX:
        libc = ctypes.CDLL(None, use_errno=True)
        header, nothing = _CapabilityHeader(_CAPABILITY_VERSION, 0), (ctypes.c_uint32 * 6)()
        _check(libc.capset(ctypes.byref(header), ctypes.byref(nothing)))


def _check(answer: int) -> None:
    if answer != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
