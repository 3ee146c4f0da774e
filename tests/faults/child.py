"""A worker process that a fault test kills at a named place: child.py DATABASE SMTP FOLDER POINT."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from forms_service.clock import RealClock
from forms_service.engine.crash import choose_crash_points
from forms_service.messages.smtp import SmtpTransport
from forms_service.storage.database import open_database
from tests.integration.engine.conftest import open_desk


def main(database: str, smtp: str, folder: str, point: str) -> None:
    desk = open_desk(open_database(database), Path(folder))
    desk.rt = replace(desk.rt, post=SmtpTransport(smtp), clock=RealClock())
    choose_crash_points(point)
    desk.work_all()


if __name__ == "__main__":
    main(*sys.argv[1:])
