"""Fill an empty demo: people first, then their stories, one act after the other at its own time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from sqlalchemy.orm import Session

from forms_service.clock import FrozenClock
from forms_service.demo.act import Act, learn, perform
from forms_service.demo.people import add_people
from forms_service.demo.story import Story
from forms_service.engine.runtime import Runtime
from forms_service.rehearsal.machine import live_until

FOLDER = Path(__file__).parent
TEN = time(10)


def fill(rt: Runtime) -> None:
    """Everything goes through the engine, as if people had done it."""
    with rt.database.writing() as session:
        ids = seed_people(session)
    now = rt.clock.now()
    acts = _in_order(_read("stories.yaml"))
    clock = FrozenClock(_when(acts[0], now, rt.zone))
    then = replace(rt, clock=clock)
    for act in acts:
        moment = _when(act, now, rt.zone)
        live_until(then, clock, moment)
        perform(then, act, ids)
        live_until(then, clock, moment)
        learn(then, act)
    live_until(then, clock, now)


def seed_people(session: Session) -> dict[str, str]:
    """The invented people alone, without their stories; ids by the short names that the stories use."""
    return add_people(session, _read("people.yaml"))


def _in_order(stories: list[dict[str, Any]]) -> list[Act]:
    """All acts of all stories, oldest first, so that numbers are given out in the order of time."""
    acts = [act for told in stories for act in _acts(told)]
    return sorted(acts, key=lambda act: -act.days_ago)


def _acts(told: dict[str, Any]) -> list[Act]:
    story = Story(told["title"])
    return [Act(story, **act) for act in told["acts"]]


def _when(act: Act, now: datetime, zone: ZoneInfo) -> datetime:
    """Ten in the morning, that many days ago."""
    day = now.astimezone(zone).date() - timedelta(days=act.days_ago)
    return datetime.combine(day, TEN, zone).astimezone(UTC)


def _read(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
