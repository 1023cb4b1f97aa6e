"""The system calls that a worker may make: reading, computing with threads, answering, and ending.

What is not named here is answered as on a kernel that has never had it (`ENOSYS`), so that libraries take
the older way, or do without. Numbers: `asm/unistd_64.h` for x86-64, `asm-generic/unistd.h` for ARM.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

X86_64, ARM_64 = "x86_64", "aarch64"

AUDIT_ARCHITECTURES = {X86_64: 0xC000003E, ARM_64: 0xC00000B7}
"""By what `platform.machine()` says: how the kernel names the table that a call's number is from."""

_FILES = {
    "read": (0, 63), "write": (1, 64), "readv": (19, 65), "writev": (20, 66), "pread64": (17, 67),
    "preadv": (295, 69), "lseek": (8, 62), "close": (3, 57), "fstat": (5, 80), "newfstatat": (262, 79),
    "statx": (332, 291), "stat": (4, None), "lstat": (6, None), "access": (21, None),
    "faccessat": (269, 48), "faccessat2": (439, 439), "readlink": (89, None), "readlinkat": (267, 78),
    "getcwd": (79, 17), "getdents64": (217, 61), "dup": (32, 23), "fadvise64": (221, 223),
    "statfs": (137, 43), "fstatfs": (138, 44), "poll": (7, None), "ppoll": (271, 73), "select": (23, None),
    "pselect6": (270, 72),
}  # fmt: skip
_MEMORY = {
    "mmap": (9, 222), "munmap": (11, 215), "mprotect": (10, 226), "mremap": (25, 216), "madvise": (28, 233),
    "brk": (12, 214), "mincore": (27, 232), "membarrier": (324, 283), "get_mempolicy": (239, 236),
}  # fmt: skip
_THREADS = {
    "futex": (202, 98), "set_robust_list": (273, 99), "set_tid_address": (218, 96), "rseq": (334, 293),
    "sched_yield": (24, 124), "sched_getaffinity": (204, 123), "sched_getparam": (143, 121),
    "sched_getscheduler": (145, 120), "getcpu": (309, 168), "arch_prctl": (158, None), "gettid": (186, 178),
}  # fmt: skip
_SIGNALS = {
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139),
    "rt_sigpending": (127, 136), "rt_sigsuspend": (130, 133), "rt_sigtimedwait": (128, 137),
    "sigaltstack": (131, 132), "restart_syscall": (219, 128), "pause": (34, None), "alarm": (37, None),
    "setitimer": (38, 103), "getitimer": (36, 102),
}  # fmt: skip
_TIME_AND_SELF = {
    "clock_gettime": (228, 113), "clock_getres": (229, 114), "clock_nanosleep": (230, 115),
    "nanosleep": (35, 101), "gettimeofday": (96, 169), "time": (201, None), "times": (100, 153),
    "getpid": (39, 172), "getppid": (110, 173), "getuid": (102, 174), "geteuid": (107, 175),
    "getgid": (104, 176), "getegid": (108, 177), "uname": (63, 160), "sysinfo": (99, 179),
    "getrandom": (318, 278), "getrusage": (98, 165), "getrlimit": (97, 163), "setrlimit": (160, 164),
    "exit": (60, 93), "exit_group": (231, 94),
}  # fmt: skip
_Numbers = Mapping[str, tuple[int, int | None]]
_FREE: _Numbers = {**_FILES, **_MEMORY, **_THREADS, **_SIGNALS, **_TIME_AND_SELF}


@dataclass(frozen=True, slots=True)
class Condition:
    """A call that is allowed where its argument, but for the bits beyond `mask`, is one of `values`."""

    number: int
    argument: int
    values: tuple[int, ...]
    mask: int = 0xFFFF_FFFF


_CLONE_THREAD = 0x0001_0000
_WRITES = 0o3 | 0o100 | 0o1000  # O_ACCMODE, O_CREAT, O_TRUNC
_HARMLESS_IOCTLS = (0x5401, 0x5413, 0x541B, 0x5451)  # TCGETS, TIOCGWINSZ, FIONREAD, FIOCLEX
# Neither F_SETOWN, which has signals sent to another process, nor F_SETPIPE_SZ, which shrinks the parent's
# pipe: duplicates, flags and locks.
_HARMLESS_FCNTLS = (0, 1, 2, 3, 4, 5, 1030)
_PR_SET_NAME = 15


def free_calls(machine: str) -> list[int]:
    """The numbers of the calls that are allowed with any arguments."""
    column = _column(machine)
    return [number for numbers in _FREE.values() if (number := numbers[column]) is not None]


def conditional_calls(machine: str, own_process: int) -> list[Condition]:
    """Threads but no processes, files read but not written, and nothing that touches another process."""
    column = _column(machine)
    conditions = (
        _condition((56, 220), column, 0, (_CLONE_THREAD,), _CLONE_THREAD),  # clone
        _condition((257, 56), column, 2, (0,), _WRITES),  # openat
        _condition((2, None), column, 1, (0,), _WRITES),  # open
        _condition((62, 129), column, 0, (own_process,)),  # kill
        _condition((234, 131), column, 0, (own_process,)),  # tgkill
        _condition((302, 261), column, 0, (0, own_process)),  # prlimit64
        _condition((157, 167), column, 0, (_PR_SET_NAME,)),  # prctl
        _condition((16, 29), column, 1, _HARMLESS_IOCTLS),  # ioctl
        _condition((72, 25), column, 1, _HARMLESS_FCNTLS),  # fcntl
    )
    return [condition for condition in conditions if condition is not None]


def _condition(
    numbers: tuple[int, int | None],
    column: int,
    argument: int,
    values: tuple[int, ...],
    mask: int = 0xFFFF_FFFF,
) -> Condition | None:
    number = numbers[column]
    return None if number is None else Condition(number, argument, values, mask)


def _column(machine: str) -> int:
    return (X86_64, ARM_64).index(machine)
