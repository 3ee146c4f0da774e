"""The list of forms in the folder, and one of them as it would be, for whoever writes them."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from forms_service.engine.once import Receipt
from forms_service.language.definitions import Form
from forms_service.language.peers import naming_of
from forms_service.translation.spoken import spoken
from forms_service.web.current import runtime, today
from forms_service.web.forms.language import in_chosen_language, languages_of, remember_choice
from forms_service.web.forms.sending import take
from forms_service.web.forms.sheet import Sheet
from forms_service.web.preview.example import example_context
from forms_service.web.preview.folder import Folder, Written


def everything() -> str:
    return render_template("preview/list.html", forms=_folder().forms())


def one(key: str) -> Response:
    """The form with invented facts. What is sent is looked at and thrown away. One that is not there is waited for."""
    folder = _folder()
    state = folder.state(key)
    written, around = folder.look(key), {"key": key, "state": state, "roles": sorted(_roles())}
    if written.form is None:
        page = render_template("preview/unreadable.html", written=written, role=_role(), **around)
        return make_response(page, 200 if state else 404)
    return take(_sheet(written.form, written, around))


def changed(key: str) -> Response:
    """Asked once a second by an open preview: nothing, or the word to open it anew.

    A file that has gone may come back, as it does whenever some editors save: the page stays as it is until then.
    """
    answer, now = make_response("", 204), _folder().state(key)
    if now not in ("", request.args.get("state", "")):
        answer.headers["HX-Redirect"] = url_for(".one", key=key, role=request.args.get("role", ""))
    return answer


def _sheet(form: Form, written: Written, around: Mapping[str, object]) -> Sheet:
    role, stored = _role(), dict[str, object]()

    def look_at(nonce: str, answers: Mapping[str, object]) -> Receipt:
        stored.update(answers)
        return Receipt("", created=False)

    def shown(receipt: Receipt) -> Response:
        said = form.in_language(spoken())
        return make_response(render_template("preview/sent.html", form=said, stored=stored, role=role, **around))

    return Sheet(
        form=in_chosen_language(form),
        languages=languages_of(form),
        context=example_context(runtime().service.vocabulary, role, today()),
        key=f"preview:{form.key}",
        template="preview/one.html",
        around={"written": written, "role": role, **around},
        send=look_at,
        done=shown,
    )


def _folder() -> Folder:
    rt = runtime()
    return Folder(rt.settings.workflows, rt.service.vocabulary, naming_of(rt.settings.service))


def _roles() -> frozenset[str]:
    return runtime().service.vocabulary.roles


def _role() -> str:
    asked = request.args.get("role", "")
    return asked if asked in _roles() else ""


def _room(name: str, prefix: str) -> Blueprint:
    room = Blueprint(name, __name__, url_prefix=prefix)
    room.before_request(remember_choice)
    room.add_url_rule("", "everything", everything)
    room.add_url_rule("/<key>", "one", one, methods=["GET", "POST"])
    room.add_url_rule("/<key>/endret", "changed", changed)
    return room


blueprint = _room("preview", "/drift/skjemaer")
alone = _room("preview_alone", "/skjemaer")
"""For an author at her own machine, where nobody signs in: ``forms-service preview``."""
