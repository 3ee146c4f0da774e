"""Checks what stands above the steps: how a workflow starts, repeats and pauses."""

from __future__ import annotations

from forms_service.language.checking.form import check_condition, check_type
from forms_service.language.checking.names import facts_of
from forms_service.language.checking.words import Words
from forms_service.language.definitions import Workflow, at
from forms_service.language.expression import Expression
from forms_service.language.grammar.kinds import Elsewhere, Kind
from forms_service.language.vocabulary import ValueType

TODAY = {"today": Kind(ValueType.DATE)}
NO_SUBJECT = 'is a fact of a subject; say in "about" what kind of subject this workflow has'


def check_head(workflow: Workflow, words: Words) -> None:
    check_start(workflow, words)
    check_repeat(workflow, words)
    if workflow.pause.when:
        check_pause(workflow.pause.when, workflow, words)


def check_start(workflow: Workflow, words: Words) -> None:
    words.form(workflow.start.form, workflow, "start.form")
    for index, role in enumerate(workflow.start.by):
        words.role(role, workflow, f"start.by.{index}")
    words.must_exist("subject", workflow.about, words.vocabulary.subjects, workflow, "about")
    if workflow.start.on:
        check_date(workflow.start.on, "A workflow starts by itself on a date", workflow, words)


def check_repeat(workflow: Workflow, words: Words) -> None:
    repeat = workflow.repeat
    if repeat is None:
        return
    if workflow.start.form:
        message = "A workflow that repeats cannot start with a form: nobody fills it in for the rounds."
        words.notes.add(at(workflow, "start.form"), message, "Ask in its first step instead.")
    if not workflow.about and not workflow.start.on:
        words.notes.add(at(workflow, "repeat"), 'A workflow that repeats needs "about": what it comes back to.')
    for expression in filter(None, (repeat.anchor, repeat.until)):
        check_date(expression, "A repeat is counted from a date and until a date", workflow, words)


def check_pause(condition: Expression, workflow: Workflow, words: Words) -> None:
    facts = facts_of(words.vocabulary)
    check_condition(condition, facts if workflow.about else TODAY, Elsewhere(facts, NO_SUBJECT), words.notes)
    if not condition.names():
        words.notes.add(
            condition.place, "This never changes: a pause would never end, or never come.", "Ask about a fact."
        )


def check_date(expression: Expression, rule: str, workflow: Workflow, words: Words) -> None:
    """A date that is known before any step; a workflow about nothing that starts by itself has no facts."""
    facts = facts_of(words.vocabulary)
    alone = workflow.start.on is not None and not workflow.about
    names = TODAY if alone else facts
    check_type(expression, ValueType.DATE, rule, names, Elsewhere(facts, NO_SUBJECT), words.notes)
