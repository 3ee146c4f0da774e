"""What can be done to a run or to one of its steps, each with a reason: one entry a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from forms_service.engine.operate.cancel import cancel
from forms_service.engine.operate.due import change_due
from forms_service.engine.operate.hand_over import hand_over
from forms_service.engine.operate.pause import pause_run, resume_run
from forms_service.engine.operate.skip import skip_step
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor


@dataclass(frozen=True, slots=True)
class Given:
    """What was filled in, checked: ``when`` for a date, ``role`` and ``person_id`` for a new holder."""

    reason: str
    when: datetime | None = None
    role: str = ""
    person_id: str | None = None
    children: bool = False


Do = Callable[[Runtime, str, Given, Actor], None]


@dataclass(frozen=True, slots=True)
class Act:
    """``can`` is the operation's name in the engine; ``asks`` is what is asked for besides the reason."""

    can: str
    do: Do
    asks: str = ""


def _change_due(rt: Runtime, step_id: str, given: Given, actor: Actor) -> None:
    assert given.when is not None
    change_due(rt, step_id, given.when, given.reason, actor)


RUN_ACTS: Mapping[str, Act] = {
    "pause": Act("pause", lambda rt, run_id, given, actor: pause_run(rt, run_id, given.reason, actor)),
    "gjenoppta": Act("resume", lambda rt, run_id, given, actor: resume_run(rt, run_id, given.reason, actor)),
    "avbryt": Act(
        "cancel",
        lambda rt, run_id, given, actor: cancel(rt, run_id, given.reason, actor, children=given.children),
        "children",
    ),
}
"""Part of the address → act, for whole runs."""

STEP_ACTS: Mapping[str, Act] = {
    "hopp-over": Act("skip", lambda rt, step_id, given, actor: skip_step(rt, step_id, given.reason, actor)),
    "frist": Act("due", _change_due, "when"),
    "gi-videre": Act(
        "hand_over",
        lambda rt, step_id, given, actor: hand_over(rt, step_id, given.person_id, given.role, given.reason, actor),
        "holder",
    ),
}
"""The same for single steps."""
