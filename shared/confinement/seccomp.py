"""Installs a filter of system calls for the rest of this process's life, as Linux has it (seccomp(2)).

Written against the kernel's own interface: what there is on PyPI binds to a C library that AWS Lambda lacks.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
from collections.abc import Iterator, Sequence

from shared.confinement.syscalls import AUDIT_ARCHITECTURES, Condition, conditional_calls, free_calls

_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _MODE_FILTER = 22, 38, 2
_ALLOW, _REFUSE = 0x7FFF_0000, 0x0005_0000  # the latter with the number of an error

# Of classic BPF: load a word, mask it, jump forward where it equals, end with an answer.
_LOAD, _AND, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x54, 0x15, 0x06
_NUMBER_AT, _ARCHITECTURE_AT, _ARGUMENTS_AT, _ARGUMENT_BYTES = 0, 4, 16, 8


class FilterUnavailable(Exception):
    """The kernel has no filters of system calls, or none for its architecture."""


class Instruction(ctypes.Structure):
    """One of a filter's program: jumps are counted from the next one."""

    _fields_ = (
        ("code", ctypes.c_ushort),
        ("if_true", ctypes.c_ubyte),
        ("if_false", ctypes.c_ubyte),
        ("operand", ctypes.c_uint),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.POINTER(Instruction)))


def install_filter() -> None:
    """Have the kernel refuse what `syscalls` does not allow. Raises FilterUnavailable.

    Once and before any thread: threads made later have it too. It cannot be taken off again.
    """
    machine = platform.machine()
    if machine not in AUDIT_ARCHITECTURES:
        raise FilterUnavailable(machine)
    install(list(_instructions(machine, os.getpid())))


def install(instructions: Sequence[Instruction]) -> None:
    """Have the kernel ask this program about every call from here on. Raises FilterUnavailable."""
    program = _Program(len(instructions), (Instruction * len(instructions))(*instructions))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(
        _PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0
    ):
        raise FilterUnavailable(errno.errorcode.get(ctypes.get_errno(), "?"))


def _instructions(machine: str, own_process: int) -> Iterator[Instruction]:
    yield Instruction(_LOAD, 0, 0, _ARCHITECTURE_AT)
    yield Instruction(_JUMP_IF_EQUAL, 1, 0, AUDIT_ARCHITECTURES[machine])
    yield _answer(_REFUSE | errno.ENOSYS)
    yield Instruction(_LOAD, 0, 0, _NUMBER_AT)
    for number in free_calls(machine):
        yield Instruction(_JUMP_IF_EQUAL, 0, 1, number)
        yield _answer(_ALLOW)
    for condition in conditional_calls(machine, own_process):
        yield from _checked(condition)
    yield _answer(_REFUSE | errno.ENOSYS)


def _checked(condition: Condition) -> Iterator[Instruction]:
    """Skip all of it for another call; allow this one by its argument, or else refuse it."""
    yield Instruction(_JUMP_IF_EQUAL, 0, 3 + 2 * len(condition.values), condition.number)
    yield Instruction(_LOAD, 0, 0, _ARGUMENTS_AT + _ARGUMENT_BYTES * condition.argument)
    yield Instruction(_AND, 0, 0, condition.mask)
    for value in condition.values:
        yield Instruction(_JUMP_IF_EQUAL, 0, 1, value)
        yield _answer(_ALLOW)
    yield _answer(_REFUSE | errno.EPERM)


def _answer(answer: int) -> Instruction:
    return Instruction(_RETURN, 0, 0, answer)
