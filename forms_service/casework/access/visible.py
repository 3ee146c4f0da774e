"""The participants and messages that a viewer may see, as queries to be ordered and paged."""

from __future__ import annotations

from sqlalchemy import Select, select

from forms_service.casework.access.ties import is_active, shows
from forms_service.domain.access import Thing, may_see
from forms_service.domain.people import Viewer
from forms_service.storage.cases import ParticipantRow
from forms_service.storage.outbox import MessageRow


def visible_participants(viewer: Viewer, thing: Thing = Thing.PARTICIPANT_PAGE) -> Select[ParticipantRow]:
    """The participants of whom the viewer may see the thing now; add an order and what else is needed."""
    return select(ParticipantRow).where(shows(viewer, thing))


def visible_messages(viewer: Viewer) -> Select[MessageRow]:
    """The whole outbox for the coordinator; for others the messages that went to themselves."""
    found = select(MessageRow).where(is_active(viewer))
    return found if may_see(viewer, Thing.OUTBOX) else found.where(MessageRow.person_id == viewer.person_id)
