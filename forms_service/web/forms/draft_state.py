"""What people are told of a draft beside the form itself: that it is kept, and what beginning anew means."""

from __future__ import annotations

from flask import make_response, render_template
from werkzeug.wrappers import Response

from forms_service.web.forms.page_draft import PageDraft
from forms_service.web.forms.sheet import Sheet

HEADER = "Forms-Draft"
"""Says to the script that the answer is ours, and what became of the writing."""


def tell(draft: PageDraft, *, already_told: bool) -> Response:
    """The few parts of the page that a writing changes; a conflict is told of once."""
    page = render_template("forms/draft_state.html", draft=draft, already_told=already_told)
    answer = make_response(page, draft.status_alone)
    answer.headers[HEADER] = draft.outcome
    return answer


def ask_whether_to_begin_anew(sheet: Sheet) -> Response:
    """A page of its own, so that it works without script: what was typed is deleted for good."""
    return make_response(render_template("forms/begin_anew.html", sheet=sheet, **sheet.around))
