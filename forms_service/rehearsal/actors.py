"""Invented people: they start workflows and answer tasks as forms want it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from forms_service.engine.look import task_view
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor, Subject
from forms_service.engine.submit import answer_task, start_with_button, start_with_form
from forms_service.engine.viewer_facts import viewer_facts
from forms_service.errors import FormsServiceError
from forms_service.forms.context import Context, Files
from forms_service.forms.fill import Wrong
from forms_service.forms.smallest import smallest
from forms_service.language.definitions import Form, Workflow
from forms_service.language.problems import InvalidDefinitions, Problem
from forms_service.rehearsal.people import OFFICE
from forms_service.rehearsal.signing import OpenSeal, fill_and_sign
from forms_service.rehearsal.told import Given

INVENTED: Files = {"invented": {"file": "", "name": "eksempel.pdf", "kind": "application/pdf", "size": 1}}
"""A file that is nowhere."""


class NotRehearsed(FormsServiceError):
    """The rehearsal cannot go on."""

    code = "not_rehearsed"


@dataclass(slots=True)
class Actors:
    """``acts`` counts what they have done, so that nothing is taken for a second sending of something else."""

    rt: Runtime
    acts: int = 0

    def start(self, workflow: Workflow, given: Given, subject: Subject) -> None:
        """With its form, or with a button. MoveRefused when the domain does not want what is typed."""
        actor = _actor(first_of(workflow))
        form = self.rt.library.current().forms.get(workflow.start.form)
        if form is None:
            start_with_button(self.rt, workflow.key, self._nonce(), subject, actor)
            return
        with self.rt.database.reading() as session:
            answers = self._fill(session, form, given, subject, actor.role)
        start_with_form(self.rt, workflow.key, self._nonce(), answers, subject, actor)

    def answer(self, step_id: str, given: Given) -> None:
        """Whoever holds the task now answers it. MoveRefused as above; the task stays open then."""
        with self.rt.database.reading() as session:
            view = task_view(self.rt, session, step_id)
            role = view.step.role or ""
            answers = self._fill(session, view.form, given, view.subject, role)
        answer_task(self.rt, step_id, self._nonce(), answers, _actor(role))

    def _nonce(self) -> str:
        self.acts += 1
        return str(self.acts)

    def _fill(self, session: Session, form: Form, given: Given, subject: Subject, role: str) -> Mapping[str, object]:
        """The answers that a browser's form would give. InvalidDefinitions for told ones that the form refuses."""
        today = self.rt.day(self.rt.clock.now())
        context = self._context(session, subject, role, today)
        typed = {**smallest(form, context, today), **given.typed}
        filled = fill_and_sign(form, context, typed, self.rt.clock.now().astimezone(self.rt.zone))
        if filled.answers is None:
            raise _refused(form, filled.problems, given)
        return filled.answers

    def _context(self, session: Session, subject: Subject, role: str, today: date) -> Context:
        service = self.rt.service
        facts = service.facts(session, subject, today)
        return Context(
            data={**facts, "today": today, "me": viewer_facts(session, role, role)},
            picks=lambda name: service.picks(session, name, subject),
            offices={OFFICE: OFFICE},
            files=lambda name: INVENTED,
            seal=OpenSeal(),
        )


def first_of(workflow: Workflow) -> str:
    """The first role that may start it."""
    return workflow.start.by[0] if workflow.start.by else ""


def _actor(role: str) -> Actor:
    return Actor(role or None, role)


def _refused(form: Form, problems: tuple[Wrong, ...], given: Given) -> FormsServiceError:
    told = [Problem(given.places[each.name], each.text) for each in problems if each.name in given.places]
    if told:
        return InvalidDefinitions(told)
    words = " ".join(f"{each.name}: {each.text}" for each in problems)
    return NotRehearsed(f'The form "{form.key}" needs answers that only you can tell. {words}')
