"""What stands on the card of each step: its kind, its title, and the little that people need to know beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from forms_service.language.definitions import (
    Ask,
    Choose,
    Do,
    Each,
    End,
    Make,
    RunWorkflow,
    Send,
    Step,
    Together,
    Wait,
)
from forms_service.picture.conditions import value_words
from forms_service.picture.durations import duration_words
from forms_service.picture.speaker import Speaker, both, capital
from forms_service.texts import say


class Kind(StrEnum):
    """What a card looks like, and what is called what in texts/nb.yaml."""

    START = "start"
    REPEAT = "repeat"
    ASK = "ask"
    MAKE = "make"
    SEND = "send"
    WAIT = "wait"
    CHOOSE = "choose"
    TOGETHER = "together"
    EACH = "each"
    RUN = "run"
    DO = "do"
    END = "end"


@dataclass(frozen=True, slots=True)
class Card:
    """``details`` stand in drawing and list, ``more`` in the list alone."""

    kind: Kind
    title: str
    details: tuple[str, ...] = ()
    more: tuple[str, ...] = ()


def card_of(step: Step, speaker: Speaker) -> Card:  # noqa: C901, PLR0911 - one line for each verb reads best in one place
    """The card of one step of the workflow."""
    match step:
        case Ask():
            return _ask(step, speaker)
        case Make(document=key):
            return _card(Kind.MAKE, step, speaker.document(key))
        case Send():
            return _send(step, speaker)
        case Wait():
            return _wait(step, speaker)
        case Choose():
            return _card(Kind.CHOOSE, step, say("picture.untitled.choose"))
        case Together():
            return _card(Kind.TOGETHER, step, say("picture.untitled.together"))
        case Each():
            return _each(step, speaker)
        case RunWorkflow(workflow=key, waits=waits):
            return _card(Kind.RUN, step, speaker.other_workflow(key), say(f"picture.{'waits' if waits else 'goes_on'}"))
        case Do(move=move):
            return _card(Kind.DO, step, move)
        case End(outcome=outcome):
            return _card(Kind.END, step, speaker.outcome(outcome))
        case _:
            return _card(Kind.DO, step, step.id)


def finish_card() -> Card:
    """The end that nobody wrote: after the last step."""
    return Card(Kind.END, say("picture.finished"))


def _card(kind: Kind, step: Step, title: str, *details: str, more: tuple[str, ...] = ()) -> Card:
    return Card(kind, step.title or title, details, (*more, *_tries(step)))


def _tries(step: Step) -> Iterator[str]:
    if step.retry:
        yield say("picture.tries", n=step.retry.times)
        if step.retry.every:
            yield say("picture.between_tries", time=duration_words(step.retry.every))
    if step.failed == ():
        yield say("picture.failed_goes_on")


def _ask(step: Ask, speaker: Speaker) -> Card:
    due = [say("picture.due", time=duration_words(step.due))] if step.due else []
    who = speaker.role(step.role)
    return _card(Kind.ASK, step, speaker.form(step.form), capital(who), *due, more=tuple(_around_ask(step, speaker)))


def _around_ask(step: Ask, speaker: Speaker) -> Iterator[str]:
    if step.remind:
        yield say("picture.remind", times=both([duration_words(each) for each in step.remind]))
    if step.late and step.late.give:
        yield say("picture.late_give", role=speaker.role(step.late.give))
    elif step.late:
        yield say("picture.late_send", role=speaker.role(step.late.to))
    if step.substitute:
        yield say("picture.substitute", role=speaker.role(step.substitute))
    if step.show:
        yield say("picture.reads", title=speaker.paper(step.show))


def _send(step: Send, speaker: Speaker) -> Card:
    to = say("picture.to", role=speaker.role(step.to))
    attached = [say("picture.attached", title=speaker.paper(step.attach))] if step.attach else []
    released = [say("picture.released")] if step.release else []
    return _card(Kind.SEND, step, say("picture.untitled.send"), to, more=(*attached, *released))


def _wait(step: Wait, speaker: Speaker) -> Card:
    time = duration_words(step.duration) if step.duration else ""
    time = say("picture.until", time=value_words(step.until, speaker)) if step.until else time
    return _card(Kind.WAIT, step, capital(time), *([capital(time)] if step.title else []))


def _each(step: Each, speaker: Speaker) -> Card:
    over = capital(say("picture.in_list", list=value_words(step.over, speaker)))
    order = say(f"picture.{'at_once' if step.at_once else 'in_order'}")
    return _card(Kind.EACH, step, over, *([over] if step.title else []), order)
