"""One ``up`` for one instance folder, and one program for one port."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from forms_service.errors import MachineNotReady


@contextmanager
def only_one(instance: Path) -> Iterator[None]:
    """Hold the instance. The system lets go of it when the process ends, however it ends. Raises MachineNotReady."""
    instance.mkdir(parents=True, exist_ok=True)
    file = instance / "up.lock"
    with file.open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise MachineNotReady(_already(instance, file)) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _already(instance: Path, file: Path) -> str:
    process = file.read_text(encoding="ascii") or "unknown"
    return (
        f"forms-service up runs on {instance} already (process {process}).\n"
        "Stop that one first, or choose another folder: forms-service up --instance FOLDER"
    )


def insist_on_free_port(host: str, port: int) -> None:
    """Raises MachineNotReady with a way out when somebody else listens there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise MachineNotReady(_refused(host, port, error)) from None


def _refused(host: str, port: int, error: OSError) -> str:
    choose = f"Choose another port: FORMS_PORT={port + 1}, or port = {port + 1} in settings.toml."
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is in use by another program.\n{choose}"
    if error.errno == errno.EACCES:
        return f"Port {port} needs rights that this user does not have.\n{choose}"
    return f"Nobody can listen on {host}: {error.strerror}.\nSet FORMS_HOST to an address of this machine."
