"""Whether a run that stands at some steps of one version can go on in another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.engine.ahead import ahead
from forms_service.engine.begin import REPEAT, verb_of
from forms_service.engine.edition import Edition
from forms_service.engine.held import beside_the_way
from forms_service.engine.path import base_of, step_of
from forms_service.engine.place import places_of
from forms_service.engine.plan import Plan
from forms_service.language.definitions import Ask, Each, Send, Step, Together
from forms_service.storage.papers import DocumentRow
from forms_service.storage.runs import StepRow, SubmissionRow


@dataclass(frozen=True, slots=True)
class Passage:
    """From one edition to another."""

    old: Edition
    new: Edition


def obstacle(passage: Passage, rows: Sequence[StepRow]) -> str:
    """The first reason why these open rows have no place in the new version; empty when they all have.

    ``at_work``, ``step_missing``, ``other_verb``, ``other_place``, ``lanes_changed``, ``list_changed``,
    ``form_missing``, ``no_rounds``, each with what it concerns ("step_missing: talk").
    """
    return next((found for row in rows for found in _obstacles(passage, row)), "")


def warnings_of(passage: Passage, session: Session, run_id: str, rows: Sequence[StepRow]) -> tuple[str, ...]:
    """What to think of before the move.

    Answers that the new version has no place for (``answers_gone: talk``, ``field_gone: talk.own_wish``), and papers
    that it will want to send although the run has passed the place where they are made (``never_made: letter``).
    """
    return (*_lost_answers(passage, session, run_id), *_never_made(passage.new.plan, session, run_id, rows))


def _lost_answers(passage: Passage, session: Session, run_id: str) -> tuple[str, ...]:
    found = select(SubmissionRow.form, StepRow.path).outerjoin(StepRow, StepRow.id == SubmissionRow.step_id)
    found = found.where(SubmissionRow.run_id == run_id, SubmissionRow.form != "").order_by(SubmissionRow.received_at)
    gone = (code for form, path in session.execute(found) for code in _gone(passage, form, path or ""))
    return tuple(dict.fromkeys(gone))


def _never_made(plan: Plan, session: Session, run_id: str, rows: Sequence[StepRow]) -> Iterator[str]:
    coming = ahead(plan, rows)
    sendings = [step for step_id, step in plan.steps.items() if step_id in coming and isinstance(step, Send)]
    wanted = dict.fromkeys(step.attach for step in sendings if step.attach and step.attach not in coming)
    found = select(StepRow.path).join(DocumentRow, DocumentRow.step_id == StepRow.id).where(StepRow.run_id == run_id)
    made = {step_of(path) for path in session.scalars(found)} if wanted else set()
    yield from (f"never_made: {step_id}" for step_id in wanted if step_id not in made)


def _obstacles(passage: Passage, row: StepRow) -> Iterator[str]:
    if row.status == "running":
        yield f"at_work: {row.path}"
    if row.path == REPEAT:
        yield from () if passage.new.workflow.repeat else ("no_rounds",)
    elif step_of(row.path) not in passage.new.plan.steps:
        yield f"step_missing: {step_of(row.path)}"
    else:
        yield from _changes(passage, row)


def _changes(passage: Passage, row: StepRow) -> Iterator[str]:
    step_id = step_of(row.path)
    old, new = passage.old.plan.steps[step_id], passage.new.plan.steps[step_id]
    if verb_of(old) != verb_of(new):
        yield f"other_verb: {step_id}"
    if places_of(passage.old.workflow)[step_id] != places_of(passage.new.workflow)[step_id]:
        yield f"other_place: {step_id}"
    if row.path != base_of(row.path):
        yield from _changes_beside(passage, row)
    elif isinstance(old, Together) and isinstance(new, Together) and len(old.lanes) != len(new.lanes):
        yield f"lanes_changed: {step_id}"
    elif isinstance(old, Each) and isinstance(new, Each) and (old.at_once, old.item) != (new.at_once, new.item):
        yield f"list_changed: {step_id}"


def _changes_beside(passage: Passage, row: StepRow) -> Iterator[str]:
    """A sending that is held asks with its own form; the new version must have it."""
    step = passage.new.plan.steps[step_of(row.path)]
    asks = row.form and beside_the_way(row.path)
    if asks and not (isinstance(step, Send) and step.held and row.form in passage.new.definitions.forms):
        yield f"form_missing: {row.path}"


def _gone(passage: Passage, form: str, path: str) -> Iterator[str]:
    """``path`` is empty for the form that the run started with."""
    old, new = passage.old.definitions.forms.get(form), passage.new.definitions.forms.get(form)
    where = step_of(path) or form
    step = passage.new.plan.steps.get(step_of(path))
    if new is None or (path and not isinstance(step, Ask if path == base_of(path) else Step)):
        yield f"answers_gone: {where}"
    elif old is not None:
        kept = {field.name for field in new.fields()}
        yield from (f"field_gone: {where}.{field.name}" for field in old.fields() if field.name not in kept)
