"""The whole access log about one participant, page by page and as a file; reading it is logged like any reading."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from sqlalchemy.orm import Session

from forms_service.casework.access import demand
from forms_service.casework.lists.access_file import access_file
from forms_service.casework.lists.access_log import AccessLine, access_log, looks_at
from forms_service.domain.access import Thing
from forms_service.errors import NotFound
from forms_service.storage.cases import ParticipantRow
from forms_service.web.as_file import csv_file
from forms_service.web.current import runtime, viewer
from forms_service.web.paging import page_of
from forms_service.web.reads import note_reading
from forms_service.web.words import role_words

blueprint = Blueprint("looks", __name__)


@blueprint.get("/deltakere/<participant_id>/innsyn")
def whole(participant_id: str) -> str:
    with runtime().database.writing() as db:
        participant = _hers_to_see(db, participant_id)
        page = page_of(db, looks_at(participant_id), lambda row: AccessLine(*row))
        note_reading(db, viewer(), participant_id, "access_log")
    return render_template("participants/looks.html", participant=participant, page=page)


@blueprint.get("/deltakere/<participant_id>/innsyn.csv")
def as_file(participant_id: str) -> Response:
    """Named after the case number, which says nothing about anybody."""
    with runtime().database.writing() as db:
        participant = _hers_to_see(db, participant_id)
        content = access_file(access_log(db, viewer(), participant_id), runtime().zone, role_words)
        note_reading(db, viewer(), participant_id, "access_log_file")
    return csv_file(content, f"innsyn-{participant.case_number}")


def _hers_to_see(db: Session, participant_id: str) -> ParticipantRow:
    demand(db, viewer(), Thing.ACCESS_LOG, participant_id)
    participant = db.get(ParticipantRow, participant_id)
    if participant is None:
        raise NotFound
    return participant
