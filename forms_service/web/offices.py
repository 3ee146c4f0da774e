"""The offices that a list can be chosen by."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.domain.access import Thing, may_see
from forms_service.domain.people import Viewer
from forms_service.storage.people import OfficeRow


def offices_to_choose(session: Session, viewer: Viewer) -> list[tuple[str, str]]:
    """Id and name, for those who see several."""
    if not may_see(viewer, Thing.PARTICIPANT_PAGE):
        return []
    return [
        (row.id, row.name) for row in session.execute(select(OfficeRow.id, OfficeRow.name).order_by(OfficeRow.name))
    ]
