"""Reads the steps of a workflow, as far as they can be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from forms_service.language.definitions import Branch, Retry, Step
from forms_service.language.expression import Expression, parse
from forms_service.language.keys.step import BRANCH, RETRY, WHEN
from forms_service.language.nodes import Listing, Node, Scalar, Table
from forms_service.language.notes import Notes
from forms_service.language.record import Record
from forms_service.language.step_verbs import ORDINARY, VERBS, Common

UNREADABLE = "true"
"""Stands for a condition that cannot be read, so that its branch is not taken for the last one."""
MOST_TRIES = 20
NOT_A_LETTER = re.compile(r"[^a-z0-9]+", re.ASCII)


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
        record = Record(node, VERBS[word].shape, self.notes)
        return VERBS[word].read(record, self.common(record, word), self)

    def common(self, record: Record, word: str) -> Common:
        ends = word == "end"
        return Common(
            id=self.end_id(record.text("end")) if ends and "id" not in record else record.name("id"),
            place=record.place,
            title=record.text("title"),
            retry=None if ends else self.retry(record),
            failed=None if ends else self.failed(record),
            places=record.places(),
        )

    def retry(self, step: Record) -> Retry | None:
        record = step.record("retry", RETRY)
        if record is None:
            return None
        times, every = record.number("times"), record.duration("every")
        if times is not None and not 1 <= times <= MOST_TRIES:
            self.notes.add(record.at("times"), f'"times" is a number from 1 to {MOST_TRIES}.')
        return Retry(times, every) if times else None

    def failed(self, record: Record) -> tuple[Step, ...] | None:
        return self.steps_or_on(record, "failed") if "failed" in record else None

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
        record = Record(node, BRANCH, self.notes)
        if not record.has("otherwise"):
            return Branch(self.certain(record, "when", UNREADABLE), self.steps_of(record))
        for key in WHEN.keys:
            if key in record:
                self.notes.add(record.at(key), f'"{key}" does not go together with "otherwise".')
        return Branch(None, self.steps_or_on(record, "otherwise") if "otherwise" in record else ())

    def certain(self, record: Record, key: str, instead: str) -> Expression:
        """An expression that must be there; another one stands for it when it cannot be read."""
        return record.expression(key) or parse(instead, record.at(key))

    def steps_of(self, record: Record) -> tuple[Step, ...]:
        return self.steps(record.list("steps"))

    def lanes(self, record: Record) -> tuple[tuple[Step, ...], ...]:
        lanes = record.list("together")
        if len(lanes) == 1:
            self.notes.add(record.at("together"), '"together" takes at least two lanes, each a list of steps.')
        return tuple(self.steps(record.entries(lane, "together")) for lane in lanes)

    def steps_or_on(self, record: Record, key: str) -> tuple[Step, ...]:
        """A list of steps, or none for the word "continue"."""
        node = record.node(key)
        if isinstance(node, Listing):
            return self.steps(record.entries(node, key))
        if not isinstance(node, Scalar) or node.text != "continue":
            self.notes.add(record.at(key), f'"{key}" takes "continue" or a list of steps.')
        return ()


def read_steps(nodes: Iterable[Node], notes: Notes) -> tuple[Step, ...]:
    """The steps as far as they can be read; one that has no verb becomes a plain Step."""
    return Reading(notes).steps(nodes)


def _id_of(node: Node) -> str:
    found = node.entries.get("id") if isinstance(node, Table) else None
    return found[1].text if found and isinstance(found[1], Scalar) else ""
