"""Reads an answers file, and checks its words against the workflows that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from forms_service.language.checking.names import facts_of
from forms_service.language.definitions import Ask, Definitions, Field, FieldType, Form, Workflow
from forms_service.language.expression import Expression, type_of
from forms_service.language.grammar.kinds import PLAIN, Elsewhere
from forms_service.language.keys.key import Key, Keys, Takes
from forms_service.language.nodes import Listing, Node, Scalar, Table
from forms_service.language.notes import Notes, quoted
from forms_service.language.problems import Place
from forms_service.language.record import Record
from forms_service.language.strict_yaml import read_yaml
from forms_service.language.vocabulary import Vocabulary
from forms_service.rehearsal.fact import read_fact
from forms_service.rehearsal.keys import ALSO, HOW, NEVER, TOLD
from forms_service.rehearsal.told import NOTHING_TOLD, Also, Given, Told

ANSWERS = Elsewhere(unsure=frozenset({PLAIN}))
"""A plain name in a move is an answer of whichever form comes before it."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What an answers file can speak of. ``moves_happen`` says that the service makes its moves itself."""

    definitions: Definitions
    vocabulary: Vocabulary
    workflow: str
    moves_happen: bool

    def form_of(self, workflow: str) -> Form | None:
        found = self.definitions.workflows.get(workflow)
        return self.definitions.forms.get(found.start.form) if found else None

    def asks(self) -> dict[str, Form]:
        """The form of each step that asks, as "talk" and as "intake.talk"."""
        found: dict[str, Form] = {}
        for workflow in self.definitions.workflows.values():
            for step in _asks(workflow):
                found[f"{workflow.key}.{step.id}"] = found[step.id] = self.definitions.forms[step.form]
        return found


def read_told(text: str, file: str, stage: Stage) -> Told:
    """What the file says. InvalidDefinitions carries everything that is wrong with it."""
    notes = Notes()
    node = read_yaml(text, file, notes)
    told = _Reader(Record(node, TOLD, notes), stage).told() if node is not None else NOTHING_TOLD
    notes.refuse()
    return told


def _asks(workflow: Workflow) -> Iterator[Ask]:
    return (step for step in workflow.all_steps() if isinstance(step, Ask))


class _Reader:
    """Reads one file; all its problems lie in the record's notes."""

    def __init__(self, record: Record, stage: Stage) -> None:
        self.record, self.notes, self.stage = record, record.notes, stage

    def told(self) -> Told:
        return Told(
            start=self.typed(self.record.node("start"), self.stage.form_of(self.stage.workflow), "start"),
            answers=self.answers(),
            facts=self.facts(),
            moves=self.moves(),
            withheld=self.known("withheld", "release", self.stage.vocabulary.releases),
            away=self.known("away", "role", self.stage.vocabulary.roles),
            also=tuple(filter(None, map(self.also, self.record.list("also")))),
        )

    def known(self, key: str, what: str, words: frozenset[str]) -> frozenset[str]:
        found = self.record.scalars(key)
        for scalar in found:
            if scalar.text not in words:
                self.notes.unknown(scalar.place, what, scalar.text, words)
        return frozenset(scalar.text for scalar in found)

    def answers(self) -> dict[str, tuple[Given, ...]]:
        forms = self.stage.asks()
        found: dict[str, tuple[Given, ...]] = {}
        for name, node in self.named(self.record.node("answers"), "answers"):
            if name.text not in forms:
                self.notes.unknown(name.place, "step that asks", name.text, forms)
            times = node.items if isinstance(node, Listing) else (node,)
            found[name.text] = tuple(self.given(time, forms.get(name.text)) for time in times)
        return found

    def given(self, node: Node, form: Form | None) -> Given:
        if isinstance(node, Scalar):
            if node.text != NEVER:
                self.notes.add(node.place, f'An answer is "{NEVER}", or has "after" and "answers".')
            return Given(after=None)
        record = Record(node, HOW, self.notes)
        typed = self.typed(record.node("answers"), form, "answers")
        return Given(record.duration("after") or typed.after, typed.typed, typed.places)

    def typed(self, node: Node | None, form: Form | None, key: str) -> Given:
        asked = form.fields() if form else ()
        fields = {field.name: field for field in asked if field.type is not FieldType.NOTE}
        values: dict[str, tuple[str, ...]] = {}
        places: dict[str, Place] = {}
        for name, value in self.named(node, key):
            if name.text not in fields:
                what = f'field of "{form.key}"' if form else "field, since no form is filled in"
                self.notes.unknown(name.place, what, name.text, fields)
            elif fields[name.text].type is FieldType.GROUP:
                values |= self.rows(name.text, fields[name.text], value)
            else:
                values[name.text] = self.one(name.text, value)
            places[name.text] = value.place
        return Given(typed=values, places=places)

    def one(self, name: str, value: Node) -> tuple[str, ...]:
        scalars = value.items if isinstance(value, Listing) else (value,)
        filled = (self.record.filled(scalar, name) for scalar in scalars)
        return tuple(scalar.text for scalar in filled if scalar)

    def rows(self, name: str, group: Field, value: Node) -> dict[str, tuple[str, ...]]:
        """As a browser would post them: children-0-name."""
        asked = {field.name for field in group.fields}
        found: dict[str, tuple[str, ...]] = {}
        for number, row in enumerate(self.record.entries(value, name)):
            for each, answer in self.named(row, name):
                if each.text not in asked:
                    self.notes.unknown(each.place, f'field of "{name}"', each.text, asked)
                found[f"{name}-{number}-{each.text}"] = self.one(each.text, answer)
        return found

    def facts(self) -> dict[str, object]:
        found: dict[str, object] = {}
        for name, node in self.named(self.record.node("facts"), "facts"):
            if name.text not in self.stage.vocabulary.facts:
                self.notes.unknown(name.place, "fact", name.text, self.stage.vocabulary.facts)
            else:
                found[name.text] = read_fact(node, self.stage.vocabulary.facts[name.text], self.notes)
        return found

    def moves(self) -> dict[str, dict[str, Expression]]:
        node = self.record.node("moves")
        if node is not None and self.stage.moves_happen:
            self.notes.add(node.place, "The moves of this service really happen; nothing can be told of them.")
            return {}
        return {name.text: self.move(name, each) for name, each in self.named(node, "moves")}

    def move(self, name: Scalar, node: Node) -> dict[str, Expression]:
        if name.text not in self.stage.vocabulary.moves:
            self.notes.unknown(name.place, "move", name.text, self.stage.vocabulary.moves)
        keys = {fact.text: Key(Takes.EXPRESSION, "") for fact, _ in self.named(node, name.text)}
        record = Record(node, Keys(f'"{name.text}"', keys), self.notes) if keys else None
        changes = {fact: record.expression(fact) for fact in keys} if record else {}
        for fact, _ in self.named(node, name.text):
            self.change(fact, changes[fact.text])
        return {fact: expression for fact, expression in changes.items() if expression}

    def change(self, fact: Scalar, expression: Expression | None) -> None:
        facts = self.stage.vocabulary.facts
        if fact.text not in facts:
            self.notes.unknown(fact.place, "fact", fact.text, facts)
        elif expression:
            typed = type_of(expression, facts_of(self.stage.vocabulary), ANSWERS)
            self.notes.extend(typed.problems)
            if typed.type not in (None, facts[fact.text]):
                message = f"{quoted(fact.text)} is a {facts[fact.text]}; this is a {typed.type}."
                self.notes.add(expression.place, message)

    def also(self, node: Node) -> Also | None:
        record = Record(node, ALSO, self.notes)
        day, start = self.day(record), record.scalar("start")
        if start and start.text not in self.stage.definitions.workflows:
            self.notes.unknown(start.place, "workflow", start.text, self.stage.definitions.workflows)
        if day is None or start is None:
            return None
        given = self.typed(record.node("answers"), self.stage.form_of(start.text), "answers")
        return Also(day, start.text, given, record.place)

    def day(self, record: Record) -> date | None:
        found = record.scalar("on")
        try:
            return date.fromisoformat(found.text) if found else None
        except ValueError:
            self.notes.add(record.at("on"), f"{quoted(found.text if found else '')} is no date such as 2026-08-31.")
            return None

    def named(self, node: Node | None, key: str) -> Iterator[tuple[Scalar, Node]]:
        if isinstance(node, Table):
            yield from node.entries.values()
        elif node is not None:
            self.notes.add(node.place, f'"{key}" takes names and values.')
