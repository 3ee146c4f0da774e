"""What ``forms-service runs`` does to runs; every act is written down as done from the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from forms_service.commands.runs.named import message_named, run_named, step_named
from forms_service.engine.operate.cancel import cancel
from forms_service.engine.operate.due import change_due
from forms_service.engine.operate.hand_over import hand_over
from forms_service.engine.operate.message import retry_message, settle_message
from forms_service.engine.operate.pause import pause_run, resume_run
from forms_service.engine.operate.retry import retry_steps
from forms_service.engine.operate.skip import skip_step
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor
from forms_service.errors import AlreadyDone, SettingsError
from forms_service.storage.runs import StepRow

COMMAND_LINE = Actor(via="command line")

Chosen = argparse.Namespace


def _retry(rt: Runtime, chosen: Chosen) -> str:
    steps = [step_named(rt, step) for step in chosen.steps]
    for run in chosen.runs:
        steps.extend(_stopped_in(rt, run_named(rt, run)))
    tried = retry_steps(rt, steps, COMMAND_LINE)
    return f"{tried} of {len(steps)} steps will be tried again."


def _stopped_in(rt: Runtime, run_id: str) -> list[str]:
    stopped = select(StepRow.id).where(StepRow.run_id == run_id, StepRow.status == "incident")
    with rt.database.reading() as session:
        return list(session.scalars(stopped.order_by(StepRow.created_at)))


def _skip(rt: Runtime, chosen: Chosen) -> str:
    skip_step(rt, step_named(rt, chosen.step), chosen.reason, COMMAND_LINE)
    return "The step is skipped."


def _due(rt: Runtime, chosen: Chosen) -> str:
    change_due(rt, step_named(rt, chosen.step), _when(rt, chosen.when), chosen.reason, COMMAND_LINE)
    return "The date is changed."


def _when(rt: Runtime, text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise SettingsError(f'"{text}" is no date: write 2026-05-01 or 2026-05-01T09:00') from None
    return when if when.tzinfo else when.replace(tzinfo=rt.zone)


def _pause(rt: Runtime, chosen: Chosen) -> str:
    pause_run(rt, run_named(rt, chosen.run_id), chosen.reason, COMMAND_LINE)
    return "The run is paused."


def _resume(rt: Runtime, chosen: Chosen) -> str:
    resume_run(rt, run_named(rt, chosen.run_id), chosen.reason, COMMAND_LINE)
    return "The run goes on."


def _cancel(rt: Runtime, chosen: Chosen) -> str:
    cancel(rt, run_named(rt, chosen.run_id), chosen.reason, COMMAND_LINE, children=chosen.children)
    return "The run is stopped."


def _hand_over(rt: Runtime, chosen: Chosen) -> str:
    hand_over(rt, step_named(rt, chosen.step), chosen.person, chosen.role, chosen.reason, COMMAND_LINE)
    return "The task is handed over."


def _settle(rt: Runtime, chosen: Chosen) -> str:
    message = message_named(rt, chosen.message)
    if chosen.decision == "sent":
        settle_message(rt, message, "sent", COMMAND_LINE)
        return "The message counts as sent."
    try:
        settle_message(rt, message, "send_again", COMMAND_LINE)
    except AlreadyDone:  # not unknown; perhaps failed or withheld
        retry_message(rt, message, COMMAND_LINE)
    return "The message will be sent again."


ACTS: dict[str, Callable[[Runtime, Chosen], str]] = {
    "retry": _retry,
    "skip": _skip,
    "due": _due,
    "pause": _pause,
    "resume": _resume,
    "cancel": _cancel,
    "hand-over": _hand_over,
    "settle": _settle,
}
