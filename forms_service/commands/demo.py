"""``forms-service demo``: fill an empty demo, tell its time, move its clock forward."""

from __future__ import annotations

from datetime import datetime

from forms_service.clock import DemoClock
from forms_service.commands.logs import log_to_terminal
from forms_service.demo.due import fell_due
from forms_service.demo.fill import fill
from forms_service.demo.is_demo import Holds, insist_on_no_real_people
from forms_service.demo.trade import fill_trade
from forms_service.errors import SettingsError
from forms_service.language.duration import after, parse_duration
from forms_service.register.register import Register
from forms_service.settings import Settings
from forms_service.storage.database import Database
from forms_service.wiring import open_prepared, open_runtime

NO_DEMO = (
    "The settings say that this is no demo, and the clock of a real service is never moved.\n"
    "A demo is started with: forms-service up --demo, or FORMS_DEMO=yes."
)


def demo(settings: Settings, rush: str | None = None, fill_it: bool = False) -> int:
    """Raises SettingsError for a real service."""
    log_to_terminal(quiet=True)
    if not settings.demo:
        raise SettingsError(NO_DEMO)
    database = open_prepared(settings)
    if insist_on_no_real_people(database) is Holds.NOTHING and fill_it:
        _fill(settings)
    elif not fill_it:
        _rush(settings, database, rush)
    database.close()
    return 0


def _fill(settings: Settings) -> None:
    rt = open_runtime(settings)
    if isinstance(rt.service, Register):
        fill_trade(rt, rt.service.description)
    else:
        fill(rt)
    rt.database.close()


def _rush(settings: Settings, database: Database, rush: str | None) -> None:
    clock = DemoClock(settings.demo_clock)
    before = clock.now()
    if rush:
        _move(clock, after(before, parse_duration(rush), settings.zone))
    now = clock.now()
    print(f"In the demo it is {now.astimezone(settings.zone):%A %d %B %Y, %H:%M}.")
    if rush:
        for line in fell_due(database, before, now) or ["Nothing new is due."]:
            print(f"  {line}")


def _move(clock: DemoClock, to: datetime) -> None:
    clock.set_shift(clock.shift() + (to - clock.now()).total_seconds())
