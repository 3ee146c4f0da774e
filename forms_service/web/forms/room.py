"""How much may be posted to a form: more than elsewhere, and more again only where files are asked for."""

from __future__ import annotations

from collections.abc import Iterator

from flask import request
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from forms_service.engine.links import find_link
from forms_service.engine.look import task_view
from forms_service.errors import FormsServiceError
from forms_service.forms.attached.check import largest
from forms_service.language.definitions import Form
from forms_service.storage.runs import RunRow
from forms_service.web.current import runtime
from forms_service.web.forms.receiving import file_fields
from forms_service.web.forms.version import may_be_filled_in

LARGEST_FORM = 1024 * 1024
MOST_FOR_FILES = 60_000_000


def give_room() -> None:
    """Texts are read into memory, files lie on the disk until they are looked at."""
    request.max_form_memory_size = LARGEST_FORM
    request.max_content_length = LARGEST_FORM + _room_for_files()


def _room_for_files() -> int:
    """Twice what they may be, so that a file that is too large is told so beside its question."""
    if request.mimetype != "multipart/form-data":
        return 0
    try:
        with runtime().database.reading() as db:
            forms = [*_forms_asked(db, **(request.view_args or {}))]
    except FormsServiceError:  # there is no such form; the page itself will say so
        return 0
    except OperationalError:  # the page itself will carry what was typed until the database is back
        return MOST_FOR_FILES
    return max((min(MOST_FOR_FILES, 2 * sum(map(largest, file_fields(form)))) for form in forms), default=0)


def _forms_asked(db: Session, workflow: str = "", step_id: str = "", token: str = "", **rest: str) -> Iterator[Form]:
    """In every version that the page may be of: which one it is stands in what is not read yet."""
    if workflow:
        yield from _in_each_version(db, workflow)
    step_id = find_link(runtime(), db, token).step_id if token else step_id
    if step_id:
        view = task_view(runtime(), db, step_id)
        yield view.form
        yield from _in_each_version(db, db.get_one(RunRow, view.run_id).workflow, view.form.key)


def _in_each_version(db: Session, workflow: str, key: str = "") -> Iterator[Form]:
    """The form of that name, else the one that starts the workflow."""
    for edition in may_be_filled_in(db, workflow):
        form = edition.definitions.forms.get(key or edition.workflow.start.form)
        if form:
            yield form
