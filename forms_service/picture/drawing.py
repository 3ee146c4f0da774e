"""The steps of a workflow as blocks: cards below each other, ways beside each other, frames around what is repeated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from forms_service.language.definitions import Choose, Each, Step, Together
from forms_service.picture.blocks import STEM, Badge, Block, Frame, Line, Mark, Placed, Symbol, Text
from forms_service.picture.blocks import below_each_other as column
from forms_service.picture.cards import Card, Kind, card_of, finish_card
from forms_service.picture.conditions import ways_of
from forms_service.picture.speaker import Speaker
from forms_service.picture.starts import start_cards
from forms_service.picture.state import FINISH, Position, Standing, State, counts_words, state_words
from forms_service.picture.ways import part
from forms_service.picture.wrapping import columns, wrapped
from forms_service.texts import say

WIDTH = 248
"""Of a card."""
FIRST_LINE, TITLE_LINE, DETAIL_LINE = 24, 19, 17
TITLE_COLUMNS, DETAIL_COLUMNS, LABEL_COLUMNS = 25, 29, 30
PADDED = {Kind.WAIT: 24, Kind.START: 24, Kind.END: 24, Kind.CHOOSE: 26, Kind.RUN: 22, Kind.REPEAT: 24}
PAD = 16
BADGE_LETTER, BADGE_ROOM, BADGE_HEIGHT = 8, 34, 22
LABEL_STEM, LABEL_LINES = 10, 6
FRAME = 20
"""Around the steps of an each."""


@dataclass(frozen=True, slots=True)
class Draughtsman:
    """Draws one workflow; ``position`` is where a run stands, if it is a run's picture."""

    speaker: Speaker
    position: Position

    def workflow(self) -> Block:
        starts = [self.card(card, self.position.get(key)) for key, card in start_cards(self.speaker)]
        steps = self.steps(self.speaker.workflow.steps)
        finish = [] if steps.ends else [self.card(finish_card(), self.position.get(FINISH), ends=True)]
        return column([*starts, *([steps] if steps.height else []), *finish])

    def steps(self, steps: Iterable[Step]) -> Block:
        return column([self.step(step) for step in steps])

    def step(self, step: Step) -> Block:
        block = self._with_ways(step)
        if step.failed is None:
            return block
        if not step.failed:
            return replace(block, ends=False)
        failing = column([_label(say("picture.when_failed")), *(self.step(each) for each in step.failed)], dashed=True)
        return part(block, [Block(WIDTH // 2, 0, WIDTH // 4, ends=block.ends), failing], straight=True)

    def _with_ways(self, step: Step) -> Block:
        head = card_of(step, self.speaker)
        card = self.card(head, self.position.get(step.id), ends=head.kind is Kind.END)
        match step:
            case Choose():
                return part(card, [self.branch(*way) for way in ways_of(step, self.speaker)])
            case Together(lanes=lanes):
                return part(card, [self.steps(lane) for lane in lanes], bars=True)
            case Each():
                return self.frame(head, self.steps(step.steps), self.position.get(step.id))
            case _:
                return card

    def branch(self, words: str, steps: Iterable[Step]) -> Block:
        return column([_label(words), *(self.step(step) for step in steps)])

    def card(self, card: Card, standing: Standing | None, *, ends: bool = False) -> Block:
        marks, height = _written(card, standing)
        outline = (Frame(WIDTH, height, card.kind), *marks, *_badge(standing, WIDTH))
        state = standing.state if standing else ""
        return Block(WIDTH, height, WIDTH // 2, outline, ends=ends, look=card.kind, state=state)

    def frame(self, card: Card, body: Block, standing: Standing | None) -> Block:
        """The steps that are done for each item, below the words for what they are done for."""
        marks, top = _written(card, standing)
        width = max(WIDTH, body.width) + 2 * FRAME
        x, y = (width - body.width) // 2, top + STEM
        axis, height = x + body.axis, y + body.height + STEM
        lines = [Line(((axis, top), (axis, y)), arrow=True)]
        if not body.ends:
            lines.append(Line(((axis, y + body.height), (axis, height))))
        outline = (Frame(width, height, card.kind), *marks, *_badge(standing, width), *lines)
        state = standing.state if standing else ""
        return Block(width, height, axis, outline, (Placed(x, y, body),), look=card.kind, state=state)


def _written(card: Card, standing: Standing | None) -> tuple[list[Mark], int]:
    """The words of a card, and how high it gets with them."""
    x, y = PADDED.get(card.kind, PAD), FIRST_LINE
    narrower = (x - PAD) // 4
    marks: list[Mark] = [Symbol(x, y - 13, card.kind), Text(x + 22, y, say(f"picture.kinds.{card.kind}"), "kind")]
    y += 4
    for line in wrapped(card.title, TITLE_COLUMNS - narrower):
        y += TITLE_LINE
        marks.append(Text(x, y, line, "title"))
    for detail in (*card.details, *_counts(standing)):
        for line in wrapped(detail, DETAIL_COLUMNS - narrower):
            y += DETAIL_LINE
            marks.append(Text(x, y, line, "detail"))
    return marks, y + PAD - 2


def _counts(standing: Standing | None) -> tuple[str, ...]:
    return (counts_words(standing.counts),) if standing and standing.counts else ()


def _badge(standing: Standing | None, width: int) -> tuple[Mark, ...]:
    if standing is None or standing.state is State.LATER:  # most of a run that has just begun: a badge on each is noise
        return ()
    words = state_words(standing.state)
    room = BADGE_ROOM + BADGE_LETTER * columns(words)
    return (Badge(width - room + 4, -BADGE_HEIGHT // 2, room, standing.state, words),)


def _label(words: str) -> Block:
    """The condition of a way, on its line."""
    middle, lines = WIDTH // 2, wrapped(words, LABEL_COLUMNS, LABEL_LINES)
    heights = range(LABEL_STEM + 15, LABEL_STEM + 15 + DETAIL_LINE * len(lines), DETAIL_LINE)
    texts = (Text(middle, y, line, "label", centred=True) for y, line in zip(heights, lines, strict=True))
    marks: tuple[Mark, ...] = (Line(((middle, 0), (middle, LABEL_STEM))), *texts)
    return Block(WIDTH, LABEL_STEM + 6 + DETAIL_LINE * len(lines), middle, marks, quiet=True)
