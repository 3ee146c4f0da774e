"""Checks one step of each verb; one plain dict says which check belongs to which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from forms_service.language.checking.document import check_labels, check_uses
from forms_service.language.checking.form import check_type
from forms_service.language.checking.scope import Scope
from forms_service.language.checking.times import check_times
from forms_service.language.checking.words import Words
from forms_service.language.definitions import Ask, Do, Make, RunWorkflow, Send, Step, Wait, Workflow, at
from forms_service.language.grammar.kinds import Elsewhere
from forms_service.language.problems import did_you_mean
from forms_service.language.vocabulary import ValueType

REMINDER = "reminder"
NOBODY = "The link of an invitation goes to somebody without an account, and nobody stands in for one of those."


@dataclass(frozen=True, slots=True)
class Here:
    """Where a step is looked at: what its workflow can name, and what is known by then."""

    workflow: Workflow
    words: Words
    scope: Scope
    elsewhere: Elsewhere
    ids: Mapping[str, Step]
    """Every step of the workflow."""


def check_ask(step: Ask, here: Here) -> None:
    words = here.words
    words.role(step.role, step, "ask")
    words.form(step.form, step, "form")
    words.role(step.substitute, step, "substitute")
    words.message(step.invite, step, "invite")
    words.message(step.notify, step, "notify")
    if step.late:
        words.role(step.late.give, step, "late.give")
        words.message(step.late.send, step, "late.send")
        words.role(step.late.to, step, "late.to")
    if step.substitute and step.substitute == step.role:
        words.notes.add(at(step, "substitute"), "The substitute is the role that is asked anyway.")
    if step.substitute and step.invite:
        words.notes.add(at(step, "substitute"), NOBODY, 'Leave out "substitute" or "invite".')
    if step.late and step.late.give and step.late.give == step.role:
        words.notes.add(at(step, "late.give"), "The task is this role's already when it is late.")
    check_times(step, words.notes)
    if step.remind and REMINDER not in words.found.messages:
        words.notes.add(at(step, "remind"), f'A reminder needs a message called "{REMINDER}".')
    earlier(step, "show", step.show, Make, here)


def check_make(step: Make, here: Here) -> None:
    here.words.must_exist("document", step.document, here.words.found.documents, step, "make")
    document = here.words.found.documents.get(step.document)
    if document:
        check_uses(document, here.workflow, step, here.scope, here.elsewhere, here.words.notes)
        check_labels(document, here.words.labels[document.key], here.scope, here.words.notes)


def check_send(step: Send, here: Here) -> None:
    words = here.words
    words.message(step.message, step, "send")
    words.role(step.to, step, "to")
    words.must_exist("release", step.release, words.vocabulary.releases, step, "release")
    earlier(step, "attach", step.attach, Make, here)
    if step.held:
        words.role(step.held.ask, step, "held.ask")
        words.held_form(step.held.form, step, "held.form")


def check_wait(step: Wait, here: Here) -> None:
    if step.until:
        rule = "A run can only wait until a date"
        check_type(step.until, ValueType.DATE, rule, here.scope.names, here.elsewhere, here.words.notes)


def check_do(step: Do, here: Here) -> None:
    moves = here.words.vocabulary.moves
    here.words.must_exist("move", step.move, moves, step, "do")
    if step.source and not earlier(step, "from", step.source, Ask, here):
        return
    asked = here.ids[step.source] if step.source else None
    form_key = asked.form if isinstance(asked, Ask) else here.workflow.start.form
    if step.move in moves and (form_key in here.words.given.answers or not form_key):
        _answers(step, moves[step.move], form_key, here)


def _answers(step: Do, needed: frozenset[str], form: str, here: Here) -> None:
    asked = here.words.given.answers.get(form, {})
    for name in sorted(name for name in needed if name not in asked):
        source = f'the form "{form}" does not ask for it' if form else "there is no form before it"
        hint = did_you_mean(name, asked) or ("" if step.source else 'Name the step that asks for it in "from".')
        here.words.notes.add(at(step, "do"), f'The move "{step.move}" needs the answer "{name}", and {source}.', hint)


def check_run(step: RunWorkflow, here: Here) -> None:
    found, notes = here.words.found.workflows, here.words.notes
    here.words.must_exist("workflow", step.workflow, found, step, "run")
    workflow = found.get(step.workflow)
    if workflow and workflow.start.form:
        advice = "Ask in its first step instead, or start it with a button."
        notes.add(at(step, "run"), f'"{step.workflow}" starts with a form, which nobody fills in here.', advice)
    if workflow and workflow.repeat and step.waits:
        notes.add(at(step, "waits"), f'Nobody can wait for "{step.workflow}": it repeats, and does not end by itself.')


def earlier(step: Step, key: str, word: str, kind: type[Ask | Make], here: Here) -> bool:
    """Whether a word names a step of one kind that every run has passed here once; noted when it does not."""
    if not word or isinstance(here.scope.one(word), kind):
        return bool(word)
    found, place = here.ids.get(word), at(step, key)
    verb = kind.__name__.lower()
    if found is None:
        known = (name for name, passed in here.scope.steps.items() if isinstance(passed.step, kind))
        here.words.notes.unknown(place, f'earlier "{verb}" step', word, known)
    elif type(found) is Step:
        pass
    elif not isinstance(found, kind):
        here.words.notes.add(place, f'The step "{word}" is no "{verb}" step.')
    elif word in here.scope.steps:
        here.words.notes.add(place, f'The step "{word}" stands in an "each"; it is not one step here, but many.')
    else:
        here.words.notes.add(place, f'The step "{word}" has not been passed for certain here.')
    return False


CHECKS: dict[type[Step], Callable[[Any, Here], None]] = {
    Ask: check_ask,
    Make: check_make,
    Send: check_send,
    Wait: check_wait,
    Do: check_do,
    RunWorkflow: check_run,
}
