"""Which tasks somebody can look at, each choice with its own word in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, tzinfo
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, union_all
from sqlalchemy.orm import Session

from forms_service.casework.access.tasks import IN_STILL_RUNS, Parts, own_tasks, tasks_of_colleagues, tasks_of_others
from forms_service.domain.people import Viewer
from forms_service.engine.pause import PAUSED
from forms_service.storage.runs import RunRow, StepRow
from forms_service.web.paging import MOST_COUNTED

BY_DUE_DATE: tuple[ColumnElement[Any], ...] = (
    StepRow.late_at.asc().nulls_last(),
    StepRow.created_at.asc(),
    StepRow.id.asc(),
)
COUNTED = 100
"""A choice says how many it holds up to here; beyond it «99+» is enough to know."""


class View(StrEnum):
    """The words in the address: ``?vis=over-fristen``."""

    MINE = "mine"
    OFFICE = "kontoret"
    OVERDUE = "over-fristen"
    OTHERS = "venter-paa-andre"
    STILL = "paa-pause"


@dataclass(frozen=True, slots=True)
class Choice:
    """One view with how many tasks are in it, counted to COUNTED at most."""

    view: View
    number: int


def choices(session: Session, offered: Mapping[View, Parts]) -> list[Choice]:
    """What the viewer can choose between; what stands still is offered only when there is any."""
    counted = [Choice(view, count(session, parts, COUNTED)) for view, parts in offered.items()]
    return [each for each in counted if each.view != View.STILL or each.number]


def views(viewer: Viewer, now: datetime, zone: tzinfo) -> Mapping[View, Parts]:
    """Those that the viewer's role and office have. Nobody is late with what stands still: it has a view of its own."""
    own, colleagues, others = (
        _going_on(parts) for parts in (own_tasks(viewer), tasks_of_colleagues(viewer), tasks_of_others(viewer))
    )
    today = datetime.combine(now.astimezone(zone).date(), time(), zone)
    late = tuple(part.where(StepRow.late_at < today) for part in own + (others or colleagues))
    found = {View.MINE: own, View.OFFICE: colleagues, View.OVERDUE: late, View.OTHERS: others}
    found[View.STILL] = own_tasks(viewer, IN_STILL_RUNS)
    return {view: parts for view, parts in found.items() if parts}


def first_of(parts: Parts, most: int) -> Select[str]:
    """The ids of so many tasks at least as come first in all parts together."""
    heads = (part.with_only_columns(StepRow.id).order_by(*BY_DUE_DATE).limit(most).subquery() for part in parts)
    return select(union_all(*(select(head.c.id) for head in heads)).subquery().c.id)


def count(session: Session, parts: Parts, most: int = MOST_COUNTED + 1) -> int:
    """How many there are, up to ``most``."""
    heads = (part.with_only_columns(StepRow.id).limit(most).subquery() for part in parts)
    found = union_all(*(select(head.c.id) for head in heads)).limit(most).subquery()
    return session.scalar(select(func.count()).select_from(found)) or 0


def _going_on(parts: Parts) -> Parts:
    return tuple(part.where(RunRow.status != PAUSED) for part in parts)
