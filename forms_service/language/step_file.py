"""Reads the steps of a workflow; one plain dict says which keys belong to which verb."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypedDict

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
from forms_service.language.expression import parse
from forms_service.language.nodes import Listing, Node, Scalar, Table
from forms_service.language.notes import Notes
from forms_service.language.problems import Place
from forms_service.language.record import Record

COMMON = ("id", "title")
UNREADABLE = "true"
"""Stands for a condition that cannot be read, so that its branch is not taken for the last one."""
NOT_A_LETTER = re.compile(r"[^a-z0-9]+", re.ASCII)


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
    read: Callable[[Record, Common, Reading], Step]


class Reading:
    """Reads all steps of one workflow; ``ends`` counts outcomes, so that an end without an id gets a stable one."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.ends: Counter[str] = Counter()

    def steps(self, nodes: Iterable[Node]) -> tuple[Step, ...]:
        return tuple(self.step(node) for node in nodes)

    def step(self, node: Node) -> Step:
        word = self.verb(node)
        if word is None:
            return Step(id=_id_of(node), place=node.place)
        verb = VERBS[word]
        record = Record(node, f'A step with "{word}"', (*COMMON, word, *verb.keys), self.notes)
        step_id = record.name("id") if word != "end" or "id" in record else self.end_id(record.text("end"))
        common = Common(id=step_id, place=node.place, title=record.text("title"), places=record.places())
        return verb.read(record, common, self)

    def verb(self, node: Node) -> str | None:
        """The one verb of a step; None when there is none, or more than one."""
        keys = node.entries if isinstance(node, Table) else {}
        words = [key for key in keys if key in VERBS]
        if len(words) == 1:
            return words[0]
        if words:
            self.notes.add(keys[words[1]][0].place, f'A step does one thing; "{words[0]}" is here already.')
        else:
            self.no_verb(node, [key for key in keys if key not in ORDINARY])
        return None

    def no_verb(self, node: Node, words: list[str]) -> None:
        if isinstance(node, Table) and words:
            self.notes.unknown(node.entries[words[0]][0].place, "verb", words[0], VERBS)
        else:
            self.notes.add(node.place, "A step needs a verb.", f"It can be: {', '.join(VERBS)}.")

    def end_id(self, outcome: str) -> str:
        slug = "end_" + NOT_A_LETTER.sub("_", outcome.lower()).strip("_")[:40]
        self.ends[slug] += 1
        return slug if self.ends[slug] == 1 else f"{slug}_{self.ends[slug]}"

    def branch(self, node: Node) -> Branch:
        record = Record(node, "A branch", ("when", "steps", "otherwise"), self.notes)
        if "otherwise" in record:
            return Branch(None, self.otherwise(record))
        when = record.expression("when", needed=True) or parse(UNREADABLE, record.at("when"))
        return Branch(when, self.steps(record.list("steps", needed=True)))

    def otherwise(self, record: Record) -> tuple[Step, ...]:
        for key in ("when", "steps"):
            if key in record:
                self.notes.add(record.at(key), f'"{key}" does not go together with "otherwise".')
        node = record.node("otherwise")
        if isinstance(node, Listing):
            return self.steps(node.items)
        if not isinstance(node, Scalar) or node.text != "continue":
            self.notes.add(record.at("otherwise"), '"otherwise" takes "continue" or a list of steps.')
        return ()


def read_steps(nodes: Iterable[Node], notes: Notes) -> tuple[Step, ...]:
    """The steps as far as they can be read; one that has no verb becomes a plain Step."""
    return Reading(notes).steps(nodes)


def _id_of(node: Node) -> str:
    found = node.entries.get("id") if isinstance(node, Table) else None
    return found[1].text if found and isinstance(found[1], Scalar) else ""


def _ask(record: Record, common: Common, reading: Reading) -> Step:
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


def _make(record: Record, common: Common, reading: Reading) -> Step:
    return Make(document=record.text("make"), **common)


def _send(record: Record, common: Common, reading: Reading) -> Step:
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


def _wait(record: Record, common: Common, reading: Reading) -> Step:
    if isinstance(record.node("wait"), Scalar):
        return Wait(duration=record.duration("wait"), **common)
    until = record.record("wait", ("until",))
    return Wait(until=until.expression("until", needed=True) if until else None, **common)


def _choose(record: Record, common: Common, reading: Reading) -> Step:
    branches = tuple(reading.branch(node) for node in record.list("choose"))
    return Choose(branches=branches, **common)


def _do(record: Record, common: Common, reading: Reading) -> Step:
    return Do(move=record.text("do"), source=record.text("from"), **common)


def _run(record: Record, common: Common, reading: Reading) -> Step:
    return RunWorkflow(workflow=record.text("run"), **common)


def _end(record: Record, common: Common, reading: Reading) -> Step:
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
ORDINARY = frozenset(COMMON).union(*(verb.keys for verb in VERBS.values()))
"""Keys that are no verb."""
