"""When a form cannot even be shown again — signed out, database away — what was typed is carried along until it can."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import current_app, make_response, request
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from forms_service.errors import NotFound
from forms_service.web.errors.pages import pages_log
from forms_service.web.forms.keeping import BY_ITSELF
from forms_service.web.forms.language import speak_as_chosen
from forms_service.web.forms.typed_back import (
    comes_from_us,
    is_somebody_elses,
    show_no_longer_yours,
    show_somebody_elses,
    typed_texts,
)

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")
OUR_OWN = frozenset({"csrf_token", "_do", "_clear", "_add", "_language"})


def keeps_what_was_typed(view: Callable[Arguments, Answer]) -> Callable[Arguments, Answer | Response]:
    """No answer that was posted to the view is lost, whatever goes wrong around it."""

    @wraps(view)
    def guarded(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer | Response:
        try:
            return view(*args, **kwargs)
        except NotFound:
            by_itself = request.form.get("_do") == "conditions" or BY_ITSELF in request.headers
            if request.method != "POST" or by_itself or not typed_texts() or not comes_from_us():
                raise
            return show_somebody_elses() if is_somebody_elses() else show_no_longer_yours()
        except OperationalError as error:
            if request.method != "POST":
                raise
            pages_log(error)
            return carry("away", 503)

    return guarded


def carry(reason: str, status: int) -> Response:
    """The typed text in hidden fields of a form that leads back. Rendered without what pages know of the viewer."""
    speak_as_chosen()
    typed = [(name, value) for name, value in request.form.items(multi=True) if name not in OUR_OWN]
    had_files = any(file.filename for file in request.files.values())  # a box that is left empty is posted, too
    template = current_app.jinja_env.get_template("forms/carry.html")
    return make_response(template.render(reason=reason, typed=typed, here=_here(), had_files=had_files), status)


def _here() -> str:
    return request.full_path if request.query_string else request.path
