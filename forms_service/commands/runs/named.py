"""Finding what somebody means by the beginning of an id."""

from __future__ import annotations

from sqlalchemy import select

from forms_service.engine.runtime import Runtime
from forms_service.errors import NotFound
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import RunRow, StepRow

SHORTEST = 4


def run_named(rt: Runtime, beginning: str) -> str:
    return _id_of(rt, RunRow, "run", beginning)


def step_named(rt: Runtime, beginning: str) -> str:
    return _id_of(rt, StepRow, "step", beginning)


def message_named(rt: Runtime, beginning: str) -> str:
    return _id_of(rt, MessageRow, "message", beginning)


def _id_of(rt: Runtime, table: type[RunRow | StepRow | MessageRow], what: str, beginning: str) -> str:
    """The one id that begins so. Raises NotFound when there is none, or more than one."""
    if len(beginning) < SHORTEST:
        raise NotFound(f'"{beginning}" is too short: give at least {SHORTEST} characters of the {what}\'s id.')
    with rt.database.reading() as session:
        found = session.scalars(select(table.id).where(table.id.startswith(beginning, autoescape=True)).limit(2)).all()
    if not found:
        raise NotFound(f'There is no {what} "{beginning}".')
    if len(found) > 1:
        raise NotFound(f'More than one {what} begins with "{beginning}".')
    return found[0]
