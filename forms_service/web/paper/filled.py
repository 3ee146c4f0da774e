"""Forms as they were sent: a PDF to keep, and FHIR for other systems."""

from __future__ import annotations

from werkzeug.wrappers import Response

from forms_service.documents.forms import FILLED, stamp_of
from forms_service.forms.fhir.names import Names
from forms_service.forms.fhir.response import SentIn, response
from forms_service.forms.paper.filled import filled_sheet
from forms_service.web.current import runtime, viewer
from forms_service.web.paper.access import Readable, demand_submission, may_read_internal, readable_in
from forms_service.web.paper.answer import fhir_json, pdf
from forms_service.web.paper.sent import Sent, sent_in
from forms_service.web.reads import note_reading


def answers(submission_id: str) -> Response:
    """The questions and answers, who sent them, when and how."""
    sent, with_internal = _read(submission_id)
    sheet = filled_sheet(sent.form, sent.context, sent.answers, with_internal=with_internal)
    day = sent.at.date()
    told = {"by": sent.by, "role": sent.role, "on": day.isoformat(), "at": f"{sent.at:%H.%M}", "via": sent.via}
    told["asked"] = sent.asked
    data = {"sheet": sheet, "about": {"case_number": sent.case_number}, "sent": told}
    return pdf(runtime().press.render(FILLED, data, stamp_of(sheet, sent.version, day)), *_name(sent))


def fhir(submission_id: str) -> Response:
    """The same as a QuestionnaireResponse."""
    sent, with_internal = _read(submission_id)
    names = Names(runtime().settings.base_url, sent.form.key, sent.version)
    about = SentIn(sent.id, sent.at, sent.by, sent.case_number, sent.asked)
    content = response(sent.form, sent.context, sent.answers, names, about, with_internal=with_internal)
    return fhir_json(content, *_name(sent))


def forms_to_read(run_id: str) -> list[Readable]:
    """For the receipt: the forms of a run that the viewer may read."""
    with runtime().database.reading() as db:
        return list(readable_in(db, viewer(), run_id))


def _read(submission_id: str) -> tuple[Sent, bool]:
    """The reading is logged."""
    with runtime().database.writing() as db:
        row = demand_submission(db, viewer(), submission_id)
        sent = sent_in(db, row)
        participant_id = runtime().service.participant_id(db, sent.subject)
        if participant_id is not None:
            note_reading(db, viewer(), participant_id, "answers", row.id)
        return sent, may_read_internal(viewer(), row)


def _name(sent: Sent) -> tuple[str, str]:
    return sent.form.key, sent.case_number or sent.at.date().isoformat()
