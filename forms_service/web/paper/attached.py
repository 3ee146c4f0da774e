"""A file that was sent with a form, for those who may read the form: always downloaded, never shown."""

from __future__ import annotations

from flask import Response, make_response
from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from forms_service.errors import NotFound
from forms_service.storage.runs import SubmissionRow
from forms_service.storage.uploads import UploadRow
from forms_service.web.current import runtime, viewer
from forms_service.web.paper.access import demand_submission, may_read_internal
from forms_service.web.paper.sent import sent_in
from forms_service.web.reads import note_reading

NOTHING = "default-src 'none'; sandbox"
"""Whatever is in it, a browser that opens it all the same does nothing with it."""


def attached(submission_id: str, upload_id: str) -> Response:
    """The reading is logged. NotFound for a file of an internal question that is not for these eyes."""
    with runtime().database.writing() as db:
        row = demand_submission(db, viewer(), submission_id)
        file = _file(db, row, upload_id)
        participant_id = runtime().service.participant_id(db, sent_in(db, row).subject)
        if participant_id is not None:
            note_reading(db, viewer(), participant_id, "attachment", file.id)
        return _as_attachment(file)


def _file(db: Session, row: SubmissionRow, upload_id: str) -> UploadRow:
    wanted = select(UploadRow).where(UploadRow.id == upload_id, UploadRow.submission_id == row.id)
    file = db.scalar(wanted.options(undefer(UploadRow.content)))
    is_open = {field.name: not field.internal for field in sent_in(db, row).form.fields()}
    if file is None or not (is_open.get(file.field) or may_read_internal(viewer(), row)):
        raise NotFound
    return file


def _as_attachment(file: UploadRow) -> Response:
    answer = make_response(file.content)
    answer.mimetype = file.kind
    answer.headers.set("Content-Disposition", "attachment", filename=file.name)
    answer.headers["Content-Security-Policy"] = NOTHING
    return answer
