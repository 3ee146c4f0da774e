"""Reads the steps of a workflow, as far as they can be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from forms_service.language.definitions import Branch, Step
from forms_service.language.expression import parse
from forms_service.language.nodes import Listing, Node, Scalar, Table
from forms_service.language.notes import Notes
from forms_service.language.record import Record
from forms_service.language.step_verbs import COMMON, ORDINARY, VERBS, Common

UNREADABLE = "true"
"""Stands for a condition that cannot be read, so that its branch is not taken for the last one."""
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
