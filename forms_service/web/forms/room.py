"""How much may be posted to a form: more than elsewhere, and more again only where files are asked for."""

from __future__ import annotations

from flask import request

from forms_service.engine.links import find_link
from forms_service.engine.look import start_view, task_view
from forms_service.errors import FormsServiceError
from forms_service.forms.attached.check import largest
from forms_service.language.definitions import Form
from forms_service.web.current import runtime
from forms_service.web.forms.receiving import file_fields

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
        form = _form_asked(**(request.view_args or {}))
    except FormsServiceError:  # there is no such form; the page itself will say so
        return 0
    return min(MOST_FOR_FILES, 2 * sum(map(largest, file_fields(form)))) if form else 0


def _form_asked(workflow: str = "", step_id: str = "", token: str = "", **rest: str) -> Form | None:
    if workflow:
        return start_view(runtime(), workflow).form
    with runtime().database.reading() as db:
        step_id = find_link(runtime(), db, token).step_id if token else step_id
        return task_view(runtime(), db, step_id).form if step_id else None
