"""How each verb of a step is read; one plain dict says which keys belong to which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypedDict

from forms_service.language.definitions import (
    Ask,
    Branch,
    Choose,
    Do,
    End,
    Held,
    Late,
    Make,
    RunWorkflow,
    Send,
    Step,
    Wait,
)
from forms_service.language.nodes import Node, Scalar
from forms_service.language.problems import Place
from forms_service.language.record import Record


class Common(TypedDict):
    """What every step has."""

    id: str
    place: Place
    title: str
    places: dict[str, Place]


@dataclass(frozen=True, slots=True)
class Verb:
    """How one verb is read: the keys it takes beside ``id`` and ``title``, and the step it becomes."""

    keys: tuple[str, ...]
    read: Callable[[Record, Common, Branches], Step]


class Branches(Protocol):
    """Reads the branches of a choice, which hold steps again."""

    def branch(self, node: Node) -> Branch: ...


def _ask(record: Record, common: Common, branches: Branches) -> Step:
    return Ask(
        role=record.text("ask", needed=True),
        form=record.text("form", needed=True),
        due=record.duration("due"),
        remind=record.durations("remind"),
        late=_late(record),
        invite=record.text("invite"),
        notify=record.text("notify"),
        show=record.text("show"),
        **common,
    )


def _late(ask: Record) -> Late | None:
    record = ask.record("late", ("give", "send", "to"))
    if record is None:
        return None
    if record.has("give") == record.has("send") or record.has("to") != record.has("send"):
        record.notes.add(record.place, '"late" takes either "give" (a role), or "send" (a message) and "to" (a role).')
    if not ask.has("due"):
        record.notes.add(record.place, 'Nothing is late without "due".')
    return Late(record.text("give"), record.text("send"), record.text("to"))


def _make(record: Record, common: Common, branches: Branches) -> Step:
    return Make(document=record.text("make"), **common)


def _send(record: Record, common: Common, branches: Branches) -> Step:
    for key, needed in (("release", "attach"), ("held", "release")):
        if key in record and not record.has(needed):
            record.notes.add(record.at(key), f'"{key}" means nothing without "{needed}".')
    return Send(
        message=record.text("send"),
        to=record.text("to", needed=True),
        attach=record.text("attach"),
        release=record.text("release"),
        held=_held(record),
        **common,
    )


def _held(send: Record) -> Held | None:
    record = send.record("held", ("ask", "form"))
    return Held(record.text("ask", needed=True), record.text("form", needed=True)) if record else None


def _wait(record: Record, common: Common, branches: Branches) -> Step:
    if isinstance(record.node("wait"), Scalar):
        return Wait(duration=record.duration("wait"), **common)
    until = record.record("wait", ("until",))
    return Wait(until=until.expression("until", needed=True) if until else None, **common)


def _choose(record: Record, common: Common, branches: Branches) -> Step:
    return Choose(branches=tuple(branches.branch(node) for node in record.list("choose")), **common)


def _do(record: Record, common: Common, branches: Branches) -> Step:
    return Do(move=record.text("do"), source=record.text("from"), **common)


def _run(record: Record, common: Common, branches: Branches) -> Step:
    return RunWorkflow(workflow=record.text("run"), **common)


def _end(record: Record, common: Common, branches: Branches) -> Step:
    return End(outcome=record.text("end"), **common)


VERBS: dict[str, Verb] = {
    "ask": Verb(("form", "due", "remind", "late", "invite", "notify", "show"), _ask),
    "make": Verb((), _make),
    "send": Verb(("to", "attach", "release", "held"), _send),
    "wait": Verb((), _wait),
    "choose": Verb((), _choose),
    "do": Verb(("from",), _do),
    "run": Verb((), _run),
    "end": Verb((), _end),
}
COMMON = ("id", "title")
ORDINARY = frozenset(COMMON).union(*(verb.keys for verb in VERBS.values()))
"""Keys that are no verb."""
