"""Who may see what, asked of the database at the moment of looking: a relation that has ended shows nothing more."""

from __future__ import annotations

from forms_service.casework.access.documents import may_open, openable_documents
from forms_service.casework.access.log import Unnamed, record, record_list
from forms_service.casework.access.tasks import may_answer, tasks_of
from forms_service.casework.access.ties import demand, relations, sees
from forms_service.casework.access.visible import visible_participants

__all__ = [
    "Unnamed",
    "demand",
    "may_answer",
    "may_open",
    "openable_documents",
    "record",
    "record_list",
    "relations",
    "sees",
    "tasks_of",
    "visible_participants",
]
