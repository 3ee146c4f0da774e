"""One-time links: a form for somebody without an account, good for one answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flask import make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forms_service.casework.access import Unnamed, record
from forms_service.domain.access import Relation
from forms_service.engine.drafts.draft import Owner, Place
from forms_service.engine.drafts.find import find, was_sent
from forms_service.engine.link_state import LinkState, state_of
from forms_service.engine.links import find_link
from forms_service.engine.look import TaskView, task_view
from forms_service.engine.operate.links import links_to
from forms_service.engine.service import Actor
from forms_service.engine.submit import answer_task
from forms_service.errors import LinkNotValid, NotFound
from forms_service.language.definitions import Ask, FieldType
from forms_service.storage.papers import DocumentRow
from forms_service.storage.runs import RunRow
from forms_service.web.current import now, runtime
from forms_service.web.forms.asked import asked
from forms_service.web.forms.carry import keeps_what_was_typed
from forms_service.web.forms.keeping import BY_ITSELF
from forms_service.web.forms.language import (
    BUTTON,
    in_bokmal,
    in_chosen_language,
    languages_of,
    speak_as_chosen,
    suggested,
)
from forms_service.web.forms.sending import take
from forms_service.web.forms.sheet import Sheet
from forms_service.web.forms.surroundings import surroundings

REPLACED = "replaced"
"""Withdrawn, and a new one was sent."""


@keeps_what_was_typed
def link(token: str) -> Response:
    """The form. What is sent twice is answered as if it were sent once; a link that is closed says why."""
    with runtime().database.reading() as db:
        found = find_link(runtime(), db, token)
        view = task_view(runtime(), db, found.step_id)
        state = state_of(found, view.step, view.time)
        owner = Owner(link_id=found.id)
        has_come = state is LinkState.USED and was_sent(db, owner, request.form.get("_nonce", ""))
        if state is not LinkState.OPEN and not (has_come and _is_sent()):
            is_replaced = state is LinkState.WITHDRAWN and links_to(db, view.step.id)[0].id != found.id
            typed = _typed_before(db, owner, view) if state is LinkState.SETTLED else []
            return _closed(REPLACED if is_replaced else state, _typed_now(view, has_come) or typed)
        sheet = _sheet(db, view, token, owner)
    return take(replace(sheet, place=None, sent_from=sheet.place) if has_come else sheet)


def link_thanks(token: str) -> Response:
    """After the answer; before it, back to the form."""
    with runtime().database.reading() as db:
        found = find_link(runtime(), db, token)
        view = task_view(runtime(), db, found.step_id)
    if found.used_at is None:
        return redirect(url_for("forms.link", token=token))
    return make_response(render_template("forms/link_thanks.html", form=in_chosen_language(view.form)))


def link_document(token: str) -> Response:
    """The document that is read before answering; the participant's own reading is logged like any other."""
    with runtime().database.writing() as db:
        found = find_link(runtime(), db, token)
        view = task_view(runtime(), db, found.step_id)
        if state_of(found, view.step, view.time) is not LinkState.OPEN:
            raise LinkNotValid
        if view.shown is None:
            raise NotFound
        _note_reading(db, view.shown, asked(db, view))
        return _pdf(view.shown)


def _is_sent() -> bool:
    """The form itself, not a question about it."""
    return request.method == "POST" and not any(map(request.form.get, ("_do", "_clear", "_add", BUTTON)))


def _closed(state: str, typed: list[str]) -> Response:
    """Why the link is closed; what was typed all the same, and has not come, is given back to be copied."""
    speak_as_chosen()
    return make_response(render_template("forms/link_closed.html", state=state, typed=typed), 410)


def _typed_now(view: TaskView, has_come: bool) -> list[str]:
    by_itself = request.form.get("_do") == "conditions" or (BY_ITSELF in request.headers)
    is_hers = request.method == "POST" and not by_itself and not has_come
    return _texts(view, request.form.items(multi=True)) if is_hers else []


def _typed_before(db: Session, owner: Owner, view: TaskView) -> list[str]:
    """In a draft that somebody else's answer has overtaken."""
    draft = find(runtime(), db, owner, _key(view))
    return _texts(view, draft.typed) if draft else []


def _texts(view: TaskView, typed: Iterable[tuple[str, str]]) -> list[str]:
    """What somebody wrote in her own words; what she chose or counted is soon told again."""
    texts = {each.name for each in view.form.all_fields() if each.type in (FieldType.TEXT, FieldType.PARAGRAPH)}
    return [value for name, value in typed if name.rpartition("-")[2] in texts and value]


def _key(view: TaskView) -> str:
    return f"link:{view.step.id}"


def _sheet(db: Session, view: TaskView, token: str, owner: Owner) -> Sheet:
    ask, run, key = asked(db, view), db.get_one(RunRow, view.run_id), _key(view)
    actor = Actor(person_id=None, role=ask.role if ask else "", via="link")
    task, version = view.step.id, run.definition_id
    place = Place(owner, key, run.workflow, view.form.key, version, view.subject)
    return Sheet(
        form=in_chosen_language(view.form),
        context=surroundings(db, view.form, view.subject, view.facts, None),
        key=key,
        template="forms/link.html",
        around={"task": view.step, "paused": view.paused, "token": token, "shown": view.shown},
        place=place,
        draft=find(runtime(), db, owner, key),
        version=version,
        languages=languages_of(view.form),
        suggested=suggested(view.form),
        send=in_bokmal(lambda nonce, answers: answer_task(runtime(), task, nonce, answers, actor, place)),
        done=lambda receipt: redirect(url_for("forms.link_thanks", token=token), 303),
    )


def _note_reading(db: Session, document: DocumentRow, ask: Ask | None) -> None:
    if document.participant_id:
        reader = Unnamed(ask.role if ask else "")
        record(db, reader, document.participant_id, "document", document.id, Relation.SELF, now())


def _pdf(document: DocumentRow) -> Response:
    answer = make_response(document.pdf)
    answer.mimetype = "application/pdf"
    answer.headers.set("Content-Disposition", "inline", filename=f"{document.number}.pdf")
    return answer
