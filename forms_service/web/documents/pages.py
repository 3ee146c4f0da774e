"""Finished documents, shown in the browser and kept nowhere on the way."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, request

from forms_service.casework.access import may_open
from forms_service.casework.lists.inbox import confirm_opened
from forms_service.errors import NotFound
from forms_service.storage.papers import DocumentRow
from forms_service.web.current import now, runtime, viewer
from forms_service.web.reads import note_reading

blueprint = Blueprint("documents", __name__)


@blueprint.get("/dokumenter/<document_id>")
def show(document_id: str) -> Response:
    """The PDF, for those who may open it now; the reading is logged, and what lay in an inbox counts as opened."""
    with runtime().database.writing() as db:
        document = db.get(DocumentRow, document_id)
        if document is None or not may_open(db, viewer(), document):
            raise NotFound
        if document.participant_id:
            note_reading(db, viewer(), document.participant_id, "document", document.id)
        if request.method == "GET":
            confirm_opened(db, viewer(), document.id, now())
        return _pdf(document)


def _pdf(document: DocumentRow) -> Response:
    """Named after the document's number, which says nothing about anybody."""
    answer = make_response(document.pdf)
    answer.mimetype = "application/pdf"
    answer.headers.set("Content-Disposition", "inline", filename=f"{document.number}.pdf")
    return answer
