"""One thing that an invented person did: started a workflow, answered a task, or went away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from forms_service.demo.away import be_away
from forms_service.demo.prefilled import prefilled
from forms_service.demo.story import Story
from forms_service.demo.told import value_of
from forms_service.domain.people import Role
from forms_service.engine.once import Receipt
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import NO_SUBJECT, Actor, Subject
from forms_service.engine.submit import answer_task, start_with_button, start_with_form
from forms_service.forms.signature import Signature, digest_of
from forms_service.language.definitions import FieldType, Form
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import RunRow, StepRow


@dataclass(frozen=True, slots=True)
class Act:
    """``start`` is a workflow, ``answer`` a form, ``away`` an absence; one of them is given."""

    story: Story
    days_ago: int
    by: str
    start: str = ""
    answer: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    away: Mapping[str, Any] = field(default_factory=dict)


def perform(rt: Runtime, act: Act, ids: Mapping[str, str]) -> None:
    """Do it at the runtime's time; what follows from it is left to the machine."""
    if act.away:
        be_away(rt, ids[act.by], {name: value_of(rt, act.days_ago, told, ids) for name, told in act.away.items()})
        return
    receipt = _start(rt, act, ids) if act.start else _answer(rt, act, ids)
    act.story.last_run = receipt.run_id


def learn(rt: Runtime, act: Act) -> None:
    """Remember what the story is about, now that the machine has done what follows."""
    if not act.story.last_run:
        return
    with rt.database.reading() as session:
        run = session.get_one(RunRow, act.story.last_run)
        act.story.learn(Subject(run.subject_kind, run.subject_id))


def _start(rt: Runtime, act: Act, ids: Mapping[str, str]) -> Receipt:
    workflow = rt.library.current().workflows[act.start]
    subject = act.story.subjects[workflow.about] if workflow.about else NO_SUBJECT
    if not workflow.start.form:
        return start_with_button(rt, act.start, _nonce(act), subject, _actor(rt, act, ids))
    answers = _complete(rt, act, ids, workflow.start.form)
    return start_with_form(rt, act.start, _nonce(act), answers, subject, _actor(rt, act, ids))


def _answer(rt: Runtime, act: Act, ids: Mapping[str, str]) -> Receipt:
    answers = _complete(rt, act, ids, act.answer)
    return answer_task(rt, _task(rt, act), _nonce(act), answers, _actor(rt, act, ids))


def _task(rt: Runtime, act: Act) -> str:
    about = [subject.id for subject in act.story.subjects.values()]
    waiting = (
        select(StepRow.id)
        .join(RunRow, RunRow.id == StepRow.run_id)
        .where(StepRow.status == "waiting", StepRow.form == act.answer, RunRow.subject_id.in_(about))
    )
    with rt.database.reading() as session:
        return session.scalars(waiting).one()


def _actor(rt: Runtime, act: Act, ids: Mapping[str, str]) -> Actor:
    if act.by == Role.PARTICIPANT:
        return Actor(role=Role.PARTICIPANT, via="link")
    with rt.database.reading() as session:
        person = session.get_one(PersonRow, ids[act.by])
    return Actor(person.id, person.role)


def _nonce(act: Act) -> str:
    return f"{act.story.title}/{act.start}/{act.answer}/{act.days_ago}"


def _complete(rt: Runtime, act: Act, ids: Mapping[str, str], form: str) -> dict[str, object]:
    """What is not told was left as it stood there from the beginning."""
    asked: Form = rt.library.current().forms[form]
    given = {**prefilled(rt, act.story.newest, asked), **act.answers}
    told = {question.name: value_of(rt, act.days_ago, given.get(question.name), ids) for question in asked.fields()}
    at, digest = rt.clock.now().astimezone(rt.zone).isoformat(timespec="seconds"), digest_of(asked, told)
    signing = (each for each in asked.fields() if each.type is FieldType.SIGNATURE and told[each.name])
    signed = {
        each.name: Signature(each.name, str(told[each.name]), each.signer, at, digest).plain() for each in signing
    }
    return {**told, **signed}
