"""The same workflow as a list of lists: for ears, for narrow screens, and where a drawing would be too large."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from forms_service.language.definitions import Choose, Each, Step, Together
from forms_service.picture.cards import Card, card_of, finish_card
from forms_service.picture.conditions import ways_of
from forms_service.picture.ends import always_ends
from forms_service.picture.safe import joined, safe
from forms_service.picture.speaker import Speaker
from forms_service.picture.starts import start_cards
from forms_service.picture.state import FINISH, Position, Standing, counts_words, state_words
from forms_service.texts import say

NOTHING = Markup()


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells one workflow; ``position`` is where a run stands, if it is a run's list."""

    speaker: Speaker
    position: Position

    def workflow(self) -> Markup:
        whole = self.speaker.workflow
        starts = [_item(card, self.position.get(key)) for key, card in start_cards(self.speaker)]
        steps = [self.step(step) for step in whole.steps]
        ends = [_item(finish_card(), self.position.get(FINISH))] if not always_ends(whole.steps) else []
        return _list([*starts, *steps, *ends], "picture-list")

    def steps(self, steps: Iterable[Step]) -> Markup:
        return _list([self.step(step) for step in steps])

    def step(self, step: Step) -> Markup:
        failed = [(say("picture.when_failed"), self.steps(step.failed))] if step.failed else []
        below = [*self.inside(step), *failed]
        return _item(card_of(step, self.speaker), self.position.get(step.id), _ways(below) if below else NOTHING)

    def way(self, steps: Sequence[Step]) -> Markup:
        return self.steps(steps) if steps else _list([_straight_on()])

    def inside(self, step: Step) -> Sequence[tuple[str, Markup]]:
        """The ways below a step, each with the words for it."""
        match step:
            case Choose():
                return [(words, self.way(steps)) for words, steps in ways_of(step, self.speaker)]
            case Together(lanes=lanes):
                return [(say("picture.lane", n=n), self.steps(lane)) for n, lane in enumerate(lanes, start=1)]
            case Each(steps=steps):
                return [(say("picture.these_steps"), self.steps(steps))]
            case _:
                return []


def _straight_on() -> Markup:
    return Markup("<li>{}</li>").format(safe(say("picture.straight_on")))


def _ways(ways: Sequence[tuple[str, Markup]]) -> Markup:
    return Markup('<ul class="picture-ways">{}</ul>').format(
        joined([Markup('<li><p class="picture-way">{}</p>{}</li>').format(safe(words), inner) for words, inner in ways])
    )


def _item(card: Card, standing: Standing | None, below: Markup = NOTHING) -> Markup:
    kind = say(f"picture.kinds.{card.kind}")
    state = _state(standing) if standing else NOTHING
    details = ". ".join((*card.details, *card.more))
    rest = Markup('<p class="picture-details">{}</p>').format(safe(details)) if details else NOTHING
    return Markup('<li><p><span class="picture-what">{}:</span> <strong>{}</strong>{}</p>{}{}</li>').format(
        safe(kind), safe(card.title), state, rest, below
    )


def _state(standing: Standing) -> Markup:
    words = counts_words(standing.counts) if standing.counts else state_words(standing.state)
    return Markup(' <span class="picture-state" data-state="{}">{}</span>').format(standing.state, safe(words))


def _list(items: Sequence[Markup], look: str = "") -> Markup:
    name = Markup(' class="{}"').format(look) if look else ""
    return Markup("<ol{}>{}</ol>").format(name, joined([*items]))
