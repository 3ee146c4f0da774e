"""What stands above the first step: how a workflow starts, and how it comes back."""

from __future__ import annotations

from collections.abc import Iterator

from forms_service.language.definitions import PauseClock, Repeat, Start
from forms_service.picture.cards import Card, Kind
from forms_service.picture.conditions import condition_words, value_words
from forms_service.picture.durations import every_words
from forms_service.picture.speaker import Speaker, capital
from forms_service.picture.state import REPEAT, START
from forms_service.texts import say


def start_cards(speaker: Speaker) -> Iterator[tuple[str, Card]]:
    """What stands above the first step, by its place in a position: how the workflow starts, and how it comes back."""
    workflow = speaker.workflow
    if workflow.repeat is None or workflow.start != Start():
        yield START, Card(Kind.START, _start(workflow.start, speaker), tuple(_around_start(speaker)))
    if workflow.repeat:
        yield REPEAT, _repeat(workflow.repeat, speaker)


def _start(start: Start, speaker: Speaker) -> str:
    if start.form:
        return say("picture.start_form", form=speaker.form(start.form))
    if start.on:
        return say("picture.start_on", day=value_words(start.on, speaker))
    return say("picture.start_button" if start.by else "picture.start_elsewhere")


def _around_start(speaker: Speaker) -> Iterator[str]:
    start, pause = speaker.workflow.start, speaker.workflow.pause
    if start.by:
        yield capital(say(f"picture.{_start_key(start)}", roles=speaker.some_roles(start.by)))
    if pause.when:
        yield say("picture.pause_while", condition=condition_words(pause.when, speaker))
        yield say("picture.clock_stops" if pause.clock is PauseClock.STOPS else "picture.clock_runs")


def _start_key(start: Start) -> str:
    if start.on:
        return "start_also_by"
    return "start_by" if start.form else "start_who"


def _repeat(repeat: Repeat, speaker: Speaker) -> Card:
    since = [say("picture.from", time=value_words(repeat.anchor, speaker))] if repeat.anchor else []
    until = [say("picture.until", time=value_words(repeat.until, speaker))] if repeat.until else []
    details = tuple(capital(each) for each in (*since, *until))
    more = (say(f"picture.missed.{repeat.missed}"), say(f"picture.overlap.{repeat.overlap}"))
    return Card(Kind.REPEAT, say("picture.comes_back", every=every_words(repeat.every)), details, more)
