"""A form on a page: what is asked, what stands around it, and where it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from flask import Response, make_response, render_template
from werkzeug.wrappers import Response as AnyResponse

from forms_service.engine.drafts.draft import Draft, Place
from forms_service.engine.once import Receipt
from forms_service.forms.answers import Answer
from forms_service.forms.context import Context
from forms_service.forms.fill import Filled
from forms_service.language.definitions import Form
from forms_service.web.forms.page_draft import PageDraft
from forms_service.web.forms.spot import Spot

ASKED = "_wanted"
"""The field of a form that says which questions have been asked once more."""
Send = Callable[[str, Mapping[str, object]], Receipt]
Done = Callable[[Receipt], AnyResponse]


class Notice(StrEnum):
    """Why a form is shown again; the words are in templates/forms/_notices.html."""

    NONE = ""
    PROBLEMS = "problems"
    MORE = "more"
    NO_MORE = "no_more"
    LEFT_OPEN = "left_open"
    SIGNED_IN_ANEW = "signed_in_anew"
    DIFFERENT = "different"
    BUSY = "busy"
    REFUSED = "refused"
    CHANGED = "changed"
    SAVED = "saved"


STATUS = {
    Notice.PROBLEMS: 422,
    Notice.SIGNED_IN_ANEW: 400,
    Notice.DIFFERENT: 409,
    Notice.BUSY: 503,
    Notice.REFUSED: 409,
    Notice.CHANGED: 409,
}
"""All others are 200."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """``key`` names what is being filled in, so that two tabs share one nonce. ``around`` is for the template alone."""

    form: Form
    context: Context
    key: str
    template: str
    send: Send
    done: Done
    prefill: Mapping[str, Answer] = field(default_factory=dict)
    """Answers that stand in the form when it is opened."""
    is_over: bool = False
    """Somebody else has answered meanwhile."""
    can_be_sent_again: bool = False
    """The same answers may be sent once more, as something new."""
    around: Mapping[str, object] = field(default_factory=dict)
    place: Place | None = None
    """Where a draft of it is kept; None: nowhere."""
    sent_from: Place | None = None
    """Where a form that has come already was filled in: its files are known there, and nothing more is kept."""
    version: str = ""
    """The published definition that the form belongs to; empty for one that is only looked at."""
    languages: tuple[str, ...] = ()
    """What the form can be read in."""
    suggested: str = ""
    """The language among them that the browser asks for."""
    draft: Draft | None = None
    """What its owner had typed when the page was asked for."""

    @property
    def filled_in_at(self) -> Place | None:
        """Where its files are known and its signatures are given, whether it has come already or not."""
        return self.place or self.sent_from

    @property
    def is_renewed(self) -> bool:
        """The draft was begun on a version that cannot be gone on with: its answers stand in the questions of now."""
        return bool(self.draft and self.place and self.draft.place.definition_id != self.place.definition_id)

    @property
    def asked_before(self) -> str:
        """The open questions that the draft's owner has been asked once more, between spaces."""
        return dict(self.draft.typed).get(ASKED, "") if self.draft else ""


def show(
    sheet: Sheet,
    filled: Filled,
    spot: Spot,
    draft: PageDraft,
    notice: Notice = Notice.NONE,
    more: frozenset[str] = frozenset(),
) -> Response:
    """The page at its spot. ``more`` names questions that came up because of the answers."""
    page = render_template(
        sheet.template, sheet=sheet, filled=filled, spot=spot, draft=draft, notice=notice, more=more, **sheet.around
    )
    return make_response(page, max(STATUS.get(notice, 200), draft.status))


def show_too_late(sheet: Sheet, filled: Filled) -> Response:
    """Somebody else answered meanwhile: what was typed, to be copied."""
    return make_response(render_template("forms/too_late.html", sheet=sheet, filled=filled, **sheet.around), 409)
