"""How each verb of a step is read; one plain dict says which keys belong to which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypedDict

from forms_service.language.definitions import (
    Ask,
    Branch,
    Choose,
    Do,
    Each,
    End,
    Held,
    Late,
    Make,
    Retry,
    RunWorkflow,
    Send,
    Step,
    Together,
    Wait,
)
from forms_service.language.expression import Expression
from forms_service.language.keys import step as keys
from forms_service.language.keys.key import Key, Keys
from forms_service.language.nodes import Node, Scalar
from forms_service.language.problems import Place
from forms_service.language.record import Record


class Common(TypedDict):
    """What every step has."""

    id: str
    place: Place
    title: str
    retry: Retry | None
    failed: tuple[Step, ...] | None
    places: dict[str, Place]


@dataclass(frozen=True, slots=True)
class Verb:
    """How one verb is read: all keys that a step with it may have, and the step it becomes."""

    shape: Keys
    read: Callable[[Record, Common, Inner], Step]


class Inner(Protocol):
    """Reads what holds steps again, and conditions even when they cannot be read."""

    def branch(self, node: Node) -> Branch: ...

    def lanes(self, record: Record) -> tuple[tuple[Step, ...], ...]: ...

    def steps_of(self, record: Record) -> tuple[Step, ...]: ...

    def certain(self, record: Record, key: str, instead: str) -> Expression: ...


def _ask(record: Record, common: Common, inner: Inner) -> Step:
    return Ask(
        role=record.text("ask"),
        form=record.text("form"),
        due=record.duration("due"),
        remind=record.durations("remind"),
        late=_late(record),
        invite=record.text("invite"),
        notify=record.text("notify"),
        show=record.text("show"),
        substitute=record.text("substitute"),
        **common,
    )


def _late(ask: Record) -> Late | None:
    record = ask.record("late", keys.LATE)
    if record is None:
        return None
    if record.has("give") == record.has("send") or record.has("to") != record.has("send"):
        record.notes.add(record.place, '"late" takes either "give" (a role), or "send" (a message) and "to" (a role).')
    if not ask.has("due"):
        record.notes.add(record.place, 'Nothing is late without "due".')
    return Late(record.text("give"), record.text("send"), record.text("to"))


def _make(record: Record, common: Common, inner: Inner) -> Step:
    return Make(document=record.text("make"), **common)


def _send(record: Record, common: Common, inner: Inner) -> Step:
    for key, needed in (("release", "attach"), ("held", "release")):
        if key in record and not record.has(needed):
            record.notes.add(record.at(key), f'"{key}" means nothing without "{needed}".')
    return Send(
        message=record.text("send"),
        to=record.text("to"),
        attach=record.text("attach"),
        release=record.text("release"),
        held=_held(record),
        **common,
    )


def _held(send: Record) -> Held | None:
    record = send.record("held", keys.HELD)
    return Held(record.text("ask"), record.text("form")) if record else None


def _wait(record: Record, common: Common, inner: Inner) -> Step:
    if isinstance(record.node("wait"), Scalar):
        return Wait(duration=record.duration("wait"), **common)
    until = record.record("wait", keys.UNTIL)
    return Wait(until=until.expression("until") if until else None, **common)


def _choose(record: Record, common: Common, inner: Inner) -> Step:
    return Choose(branches=tuple(inner.branch(node) for node in record.list("choose")), **common)


def _together(record: Record, common: Common, inner: Inner) -> Step:
    return Together(lanes=inner.lanes(record), **common)


def _each(record: Record, common: Common, inner: Inner) -> Step:
    return Each(
        over=inner.certain(record, "each", "[]"),
        steps=inner.steps_of(record),
        item=record.name("as") if "as" in record else keys.ITEM,
        at_once=record.truth("at_once"),
        **common,
    )


def _do(record: Record, common: Common, inner: Inner) -> Step:
    return Do(move=record.text("do"), source=record.text("from"), **common)


def _run(record: Record, common: Common, inner: Inner) -> Step:
    return RunWorkflow(workflow=record.text("run"), waits=record.truth("waits"), **common)


def _end(record: Record, common: Common, inner: Inner) -> Step:
    return End(outcome=record.text("end"), **common)


def _verb(read: Callable[[Record, Common, Inner], Step], own: Mapping[str, Key]) -> tuple[str, Verb]:
    word = next(iter(own))
    return word, Verb(Keys(f'A step with "{word}"', {**keys.COMMON, **own}), read)


VERBS: dict[str, Verb] = dict(
    (
        _verb(_ask, keys.ASK),
        _verb(_make, keys.MAKE),
        _verb(_send, keys.SEND),
        _verb(_wait, keys.WAIT),
        _verb(_choose, keys.CHOOSE),
        _verb(_together, keys.TOGETHER),
        _verb(_each, keys.EACH),
        _verb(_do, keys.DO),
        _verb(_run, keys.RUN),
        ("end", Verb(Keys('A step with "end"', keys.END), _end)),
    )
)
ORDINARY = frozenset(key for verb in VERBS.values() for key in verb.shape.keys) - VERBS.keys()
"""Keys that are no verb."""
