"""A mail server that takes everything and tells when: one line of "<message-id> <seconds>" for each message."""

from __future__ import annotations

import asyncio
import sys
import time
from email import message_from_bytes

from aiosmtpd.smtp import SMTP, Envelope, Session


class Sink:
    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        accepted = time.perf_counter_ns()
        message_id = message_from_bytes(envelope.content or b"")["Message-ID"]  # type: ignore[arg-type]
        sys.stdout.write(f"{message_id} {accepted}\n")
        sys.stdout.flush()
        return "250 OK"


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(Sink()), "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
