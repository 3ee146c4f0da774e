"""Who a process is, and whether it is surely gone."""

from __future__ import annotations

import os
import socket
from pathlib import Path


def identity() -> str:
    """host:pid:start, where start tells a process from a later one that got the same pid."""
    return f"{socket.gethostname()}:{os.getpid()}:{_started(os.getpid())}"


def is_dead(worker: str) -> bool:
    """True only when the process was on this machine and is not there any more."""
    host, _, rest = worker.partition(":")
    pid, _, started = rest.partition(":")
    if host != socket.gethostname() or not pid.isdigit():
        return False
    return not _alive(int(pid)) or _started(int(pid)) != started


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return _state(pid) != "Z"


def _state(pid: int) -> str:
    return _stat(pid)[0] if _stat(pid) else ""


def _started(pid: int) -> str:
    """Clock ticks after boot; empty where the system does not tell."""
    fields = _stat(pid)
    return fields[19] if len(fields) > 19 else ""


def _stat(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat after the name, which may itself hold spaces and brackets."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []
