"""Checks the steps of workflows against a described service: its moves' answers, and whom its roles can reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms_service.language.checking.names import answers_of
from forms_service.language.definitions import Ask, Do, Send, Step, Workflow, at
from forms_service.language.expression import Expression, type_of
from forms_service.language.found import Found, readable
from forms_service.language.grammar.kinds import PLAIN, Elsewhere, Kind
from forms_service.language.notes import Notes
from forms_service.language.problems import Place
from forms_service.language.vocabulary import ValueType, Vocabulary
from forms_service.register.description import Description, Move
from forms_service.register.description import Kind as Holds
from forms_service.register.vocabulary import names_of_moves

NOT_ASKED = Elsewhere(unsure=frozenset({PLAIN}))
"""That a form does not ask for an answer is told by the check of the workflow."""


def check_steps(description: Description, vocabulary: Vocabulary, found: Found, notes: Notes) -> None:
    """Problems are told at the steps: a move is right or wrong only together with the form behind it."""
    facts = names_of_moves(vocabulary)
    forms = {form.key: answers_of(form) for form in readable(found.forms.values())}
    for workflow in readable(found.workflows.values()):
        _check_starters(workflow, description, notes)
        steps = {step.id: step for step in workflow.all_steps()}
        for step in steps.values():
            _check_reach(step, description, notes)
            if isinstance(step, Do) and step.move in description.moves:
                move = description.moves[step.move]
                _check_subject(step, move, workflow, description, notes)
                asked = forms.get(_form(step, steps, workflow), {})
                _check_answers(step, move, description.subjects.get(move.kind), Known(facts, asked), notes)


def _form(step: Do, steps: Mapping[str, Step], workflow: Workflow) -> str:
    """The form whose answers the move is made with."""
    asked = steps.get(step.source)
    return asked.form if isinstance(asked, Ask) else workflow.start.form


@dataclass(frozen=True, slots=True)
class Known:
    """The names that a move's expressions can use."""

    facts: Mapping[str, Kind]
    answers: Mapping[str, Kind]


def _check_answers(step: Do, move: Move, kind: Holds | None, known: Known, notes: Notes) -> None:
    wanted: list[tuple[str, ValueType | None, Expression]] = [
        (f'sets "{name}"', kind.fields.get(name) if kind else None, expression)
        for name, expression in move.sets.items()
    ]
    if move.only:
        wanted.append(('asks "only"', ValueType.YES_NO, move.only))
    for what, type_, expression in wanted:
        for message in _trouble(expression, type_, known):
            notes.add(at(step, "do"), f'The move "{move.key}" {what} with the answers of this step: {message}')


def _trouble(expression: Expression, wanted: ValueType | None, known: Known) -> Iterator[str]:
    """What is wrong with the expression only because of the answers."""
    used = expression.names() & known.answers.keys()
    if not used:
        return
    typed = type_of(expression, {**known.facts, **known.answers}, NOT_ASKED)
    yield from (problem.message for problem in typed.problems)
    if wanted and not typed.problems and typed.type not in (None, wanted):
        yield f"it must be a {wanted}, and is a {typed.type}."
    for name in sorted(used):
        if known.answers[name].internal:
            yield f'"{name}" is internal, and what a record holds can stand in documents.'


def _check_subject(step: Do, move: Move, workflow: Workflow, description: Description, notes: Notes) -> None:
    """Something can only be changed in a workflow that is about it, or that opens one."""
    if move.opens or move.kind not in description.subjects or workflow.about == move.kind:
        return
    opened = (description.moves.get(other.move) for other in workflow.all_steps() if isinstance(other, Do))
    if not any(other and other.opens and other.kind == move.kind for other in opened):
        hint = f'Say "about: {move.kind}", or open one with a move before.'
        notes.add(at(step, "do"), f'The move "{move.key}" changes a {move.kind}; this workflow is about none.', hint)


def _check_starters(workflow: Workflow, description: Description, notes: Notes) -> None:
    for index, role in enumerate(workflow.start.by):
        if not _signs_in(role, description):
            _never_signs_in(role, at(workflow, f"start.by.{index}"), "start anything", "", notes)


def _check_reach(step: Step, description: Description, notes: Notes) -> None:
    """Whoever never signs in answers by a one-time link, and has no inbox."""
    for role, key, cannot, hint in _demands(step):
        if not _signs_in(role, description):
            _never_signs_in(role, at(step, key), cannot, hint, notes)


def _demands(step: Step) -> Iterator[tuple[str, str, str, str]]:
    """Roles that must be able to sign in at this step: (role, where it stands, what it could not do, what to do)."""
    if isinstance(step, Ask):
        if not step.invite:
            yield step.role, "ask", "see the task", 'Give the step an "invite".'
        if step.notify:
            yield step.role, "notify", "follow the link of this message", 'Use "invite".'
        yield step.late.give if step.late else "", "late.give", "take the task over", ""
        yield step.substitute, "substitute", "take the task", ""
    if isinstance(step, Send):
        if step.attach:
            yield step.to, "to", "open an inbox", "Send it to somebody who signs in."
        yield step.held.ask if step.held else "", "held.ask", "see the task", ""


def _signs_in(role: str, description: Description) -> bool:
    """Unknown roles are told of by the check of the workflow."""
    return role not in description.roles or description.roles[role].signs_in


def _never_signs_in(role: str, place: Place, cannot: str, hint: str, notes: Notes) -> None:
    notes.add(place, f'The role "{role}" never signs in, and cannot {cannot}.', hint)
