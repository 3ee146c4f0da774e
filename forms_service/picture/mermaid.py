"""A workflow as text in the language of Mermaid, for documentation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from forms_service.language.definitions import Choose, Definitions, Each, Step, Together, Workflow
from forms_service.picture.cards import Card, Kind, card_of, finish_card
from forms_service.picture.conditions import ways_of
from forms_service.picture.safe import fit
from forms_service.picture.speaker import NO_NAMES, Speaker
from forms_service.picture.starts import start_cards
from forms_service.texts import say

PLAIN = re.compile(r"[^\w .,:?!()/«»–’+=-]")
"""What Mermaid could take for something else than a letter of a label; written as the number of its character."""
LIKE_A_LIST = re.compile(r"^(\d+)\.|^([-+=])")
SHAPES = {
    Kind.START: ('(["', '"])'),
    Kind.REPEAT: ('(["', '"])'),
    Kind.END: ('(["', '"])'),
    Kind.WAIT: ('("', '")'),
    Kind.CHOOSE: ('{"', '"}'),
    Kind.RUN: ('[["', '"]]'),
}
BOX = ('["', '"]')


@dataclass(frozen=True, slots=True)
class Loose:
    """A way that leads on from a node, with the words on it."""

    node: str
    words: str = ""
    dashed: bool = False

    @property
    def arrow(self) -> str:
        return ("-.->" if self.dashed else "-->") + (f'|"{label(self.words)}"|' if self.words else "")


@dataclass(slots=True)
class Chart:
    """The lines of a chart while it is written; nodes are numbered in the order in which they come.

    Ways are kept apart and written last: a node that is named inside a frame would be drawn inside it.
    """

    speaker: Speaker
    lines: list[str] = field(default_factory=list)
    ways: list[str] = field(default_factory=list)
    nodes: int = 0

    def workflow(self) -> list[str]:
        loose: list[Loose] = []
        for _, card in start_cards(self.speaker):
            loose = [Loose(self.card(card, loose))]
        loose = self.steps(self.speaker.workflow.steps, loose)
        if loose:
            self.card(finish_card(), loose)
        return ["flowchart TD", *(f"  {line}" for line in (*self.lines, *self.ways))]

    def steps(self, steps: Iterable[Step], loose: list[Loose]) -> list[Loose]:
        for step in steps:
            loose = self.step(step, loose)
        return loose

    def step(self, step: Step, loose: list[Loose]) -> list[Loose]:
        first = f"n{self.nodes + 1}"
        onward = self.with_ways(step, loose)
        if step.failed is None:
            return onward
        if not step.failed:
            return onward or [Loose(first, dashed=True)]
        return [*onward, *self.steps(step.failed, [Loose(first, say("picture.when_failed"), dashed=True)])]

    def with_ways(self, step: Step, loose: list[Loose]) -> list[Loose]:
        card = card_of(step, self.speaker)
        match step:
            case Choose():
                return self.ways_of(step, self.card(card, loose))
            case Together(lanes=lanes):
                return self.lanes(lanes, self.card(card, loose))
            case Each(steps=steps):
                return self.frame(card, steps, loose)
            case _:
                node = self.card(card, loose)
                return [] if card.kind is Kind.END else [Loose(node)]

    def ways_of(self, choice: Choose, node: str) -> list[Loose]:
        ways = ways_of(choice, self.speaker)
        return [end for words, steps in ways for end in self.steps(steps, [Loose(node, words)])]

    def lanes(self, lanes: tuple[tuple[Step, ...], ...], node: str) -> list[Loose]:
        ends = [self.steps(lane, [Loose(node)]) for lane in lanes]
        if not all(ends):
            return []
        return [Loose(self.node(_shape(BOX, [say("picture.all_done")]), [end for lane in ends for end in lane]))]

    def frame(self, card: Card, steps: tuple[Step, ...], loose: list[Loose]) -> list[Loose]:
        self.lines.append(f"subgraph f{self.nodes + 1}{_shape(BOX, _words(card))}")
        loose = self.steps(steps, loose)
        self.lines.append("end")
        return loose

    def card(self, card: Card, loose: list[Loose]) -> str:
        """Add a node, and the ways that lead to it; its name."""
        return self.node(_shape(SHAPES.get(card.kind, BOX), _words(card)), loose)

    def node(self, shape: str, loose: list[Loose]) -> str:
        self.nodes += 1
        name = f"n{self.nodes}"
        self.lines.append(f"{name}{shape}")
        self.ways += [f"{way.node} {way.arrow} {name}" for way in loose]
        return name


def mermaid(definitions: Definitions, workflow: Workflow, roles: Mapping[str, str] = NO_NAMES) -> str:
    """The chart, ending with a line break. Every label is escaped."""
    return "\n".join([*Chart(Speaker(definitions, workflow, roles)).workflow(), ""])


def label(words: str) -> str:
    """Words as they may stand between the quotes of a label."""
    plain = PLAIN.sub(lambda found: f"#{ord(found[0])};", " ".join(fit(words).split()))
    return LIKE_A_LIST.sub(lambda found: f"{found[1] or ''}#{ord(found[0][-1])};", plain)


def _words(card: Card) -> list[str]:
    return [f"{say(f'picture.kinds.{card.kind}')}: {card.title}", *card.details]


def _shape(brackets: tuple[str, str], words: list[str]) -> str:
    return "<br/>".join(label(each) for each in words).join(brackets)
