"""What a confined process may do: compute, read what it is given, and write what it made.

Each wall stands where the machine has it, without root: limits of the process everywhere; on Linux
also an empty network of its own and a filter of system calls that knows neither sockets nor files.
"""

import ctypes
import os
import platform
import resource
import signal
import sys
from contextlib import suppress
from typing import Final

MEMORY_BYTES: Final = 512 * 1024 * 1024
CPU_SECONDS: Final = 5
NICE: Final = 10
STANDARD_FILES: Final = 3

NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000
PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 22, 38
FILTER: Final = 2

LOAD, IS, HAS, RETURN = 0x20, 0x15, 0x45, 0x06
NUMBER_AT, MACHINE_AT, FIRST_AT = 0, 4, 16
ALLOW, NOT_PERMITTED, UNKNOWN = 0x7FFF0000, 0x00050001, 0x00050026
A_THREAD: Final = 0x10000

MACHINES: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
CALLS: Final = {
    # read write close fstat lseek mmap mprotect munmap brk rt_sigaction rt_sigprocmask rt_sigreturn
    # readv writev sched_yield mremap madvise nanosleep getpid exit sysinfo sigaltstack gettid futex
    # clock_gettime clock_nanosleep exit_group tgkill getrandom restart_syscall set_robust_list rseq
    # sched_getaffinity
    "x86_64": (
        *(0, 1, 3, 5, 8, 9, 10, 11, 12, 13, 14, 15, 19, 20, 24, 25, 28, 35, 39, 60, 99, 131, 186),
        *(202, 228, 230, 231, 234, 318, 219, 273, 334, 204),
    ),
    "aarch64": (
        *(63, 64, 57, 80, 62, 222, 226, 215, 214, 134, 135, 139, 65, 66, 124, 216, 233, 101, 172),
        *(93, 179, 132, 178, 98, 113, 115, 94, 131, 278, 128, 99, 293, 123),
    ),
}
CLONE: Final = {"x86_64": 56, "aarch64": 220}
CLONE3: Final = 435


class Step(ctypes.Structure):
    """Of a program in the language of the filter."""

    _fields_ = (
        ("code", ctypes.c_uint16),
        ("if_true", ctypes.c_uint8),
        ("if_false", ctypes.c_uint8),
        ("told", ctypes.c_uint32),
    )


class Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("steps", ctypes.POINTER(Step)))


def begin() -> None:
    """Before anything is loaded: last in the queue for the processor, gone with who started us."""
    os.nice(NICE)
    if sys.platform == "linux":
        libc().prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        libc().unshare(NEW_USER | NEW_NETWORK)


def close() -> None:
    """After everything is loaded, and before the first byte is read."""
    limits = {
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_NOFILE: STANDARD_FILES,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in limits.items():
        with suppress(ValueError, OSError):  # no system knows all of them
            resource.setrlimit(limit, (most, most))
    machine = platform.machine()
    if sys.platform == "linux" and machine in CALLS:
        filter_calls(machine)
    else:
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def filter_calls(machine: str) -> None:
    """Any other call is answered with "not permitted", for good."""
    steps = program(machine)
    length = len(steps)
    libc().prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    told = Program(length, (Step * length)(*steps))
    if libc().prctl(PR_SET_SECCOMP, FILTER, ctypes.byref(told)):
        raise OSError(ctypes.get_errno(), "seccomp")


def program(machine: str) -> tuple[Step, ...]:
    """Threads may be begun, processes not; of the newer way to begin them, whose arguments cannot
    be read here, it is said that there is none.
    """
    calls = CALLS[machine]
    return (
        Step(LOAD, 0, 0, MACHINE_AT),
        Step(IS, 1, 0, MACHINES[machine]),
        Step(RETURN, 0, 0, NOT_PERMITTED),
        Step(LOAD, 0, 0, NUMBER_AT),
        Step(IS, 0, 1, CLONE3),
        Step(RETURN, 0, 0, UNKNOWN),
        Step(IS, 0, 4, CLONE[machine]),
        Step(LOAD, 0, 0, FIRST_AT),
        Step(HAS, 0, 1, A_THREAD),
        Step(RETURN, 0, 0, ALLOW),
        Step(RETURN, 0, 0, NOT_PERMITTED),
        *(Step(IS, len(calls) - n, 0, call) for n, call in enumerate(calls)),
        Step(RETURN, 0, 0, NOT_PERMITTED),
        Step(RETURN, 0, 0, ALLOW),
    )


def libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
