"""Every look at a participant leaves a line in the access log: who, as what, at what, and by which tie."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from forms_service.casework.access import record, record_list, relations
from forms_service.domain.access import Relation
from forms_service.domain.people import Viewer
from forms_service.web.current import now

BY_ROLE = "role"


def note_reading(
    session: Session, reader: Viewer, participant_id: str, what: str, object_id: str | None = None
) -> None:
    """One participant's page or paper; the reason is what ties the reader to the participant."""
    record(session, reader, participant_id, what, object_id, _tie(session, reader, participant_id), now())


def note_listing(session: Session, reader: Viewer, participant_ids: Iterable[str | None], what: str) -> None:
    """Names in a list."""
    seen = dict.fromkeys(each for each in participant_ids if each)
    record_list(session, reader, seen, what, "list", now())


def _tie(session: Session, reader: Viewer, participant_id: str) -> str:
    tied = relations(session, reader, participant_id) - {Relation.NONE}
    return ", ".join(sorted(tied)) or BY_ROLE
