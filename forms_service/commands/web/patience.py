"""A worker that does not wait for ever for a request: a few half-sent ones shall not keep everybody else out."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from typing import Any, ClassVar

from gunicorn.workers.gthread import TConn, ThreadWorker


class PatientWorker(ThreadWorker):
    """Threads as gunicorn has them; the main loop, which turns every second, ends what arrives too slowly."""

    whole_request_within: ClassVar[float] = 15.0
    """Seconds for a request to arrive and be answered; then no more of it is read. The largest form is a megabyte."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reading: dict[TConn, float] = {}

    def handle(self, conn: TConn) -> Any:
        self.reading[conn] = time.monotonic() + self.whole_request_within
        try:
            return super().handle(conn)
        finally:
            self.reading.pop(conn, None)

    def murder_pending(self) -> None:
        super().murder_pending()
        self._stop_waiting()

    def _stop_waiting(self) -> None:
        """The thread that reads finds the end of the stream; an answer on its way is not disturbed."""
        now = time.monotonic()
        for conn, until in list(self.reading.items()):
            if until < now:
                with suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RD)
