"""The participants that a viewer may see, as a query to be ordered and paged."""

from __future__ import annotations

from sqlalchemy import Select, select

from forms_service.casework.access.ties import shows
from forms_service.domain.access import Thing
from forms_service.domain.people import Viewer
from forms_service.storage.cases import ParticipantRow


def visible_participants(viewer: Viewer, thing: Thing = Thing.PARTICIPANT_PAGE) -> Select[ParticipantRow]:
    """The participants of whom the viewer may see the thing now; add an order and what else is needed."""
    return select(ParticipantRow).where(shows(viewer, thing))
