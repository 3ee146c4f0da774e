"""The table of domain.access as conditions on real rows: who is tied to whom at the moment of asking."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import ColumnElement, exists, false, or_, select, true
from sqlalchemy.orm import Session

from forms_service.domain.access import Relation, Thing, may_see, relations_that_show
from forms_service.domain.match import NOT_ENDED
from forms_service.domain.people import Viewer
from forms_service.errors import NotFound
from forms_service.storage.cases import MatchRow, ParticipantRow
from forms_service.storage.people import PersonRow

Condition = ColumnElement[bool]


def _is_of_own_match(viewer: Viewer) -> Condition:
    return ParticipantRow.id.in_(select(MatchRow.participant_id).where(own_match(viewer)))


TIES: Mapping[Relation, Callable[[Viewer], Condition]] = {
    Relation.NONE: lambda viewer: true(),
    Relation.OWN_OFFICE: lambda viewer: ParticipantRow.office_id == viewer.office_id,
    Relation.PRIMARY_CONTACT: lambda viewer: ParticipantRow.primary_contact_id == viewer.person_id,
    Relation.OWN_MATCH: _is_of_own_match,
}
"""What makes each relation true for a row of ``participant``."""


def shows(viewer: Viewer, thing: Thing) -> Condition:
    """True for the participants of whom the viewer may see the thing now."""
    return is_active(viewer) & or_(false(), *ties_that_show(viewer, thing))


def ties_that_show(viewer: Viewer, thing: Thing) -> list[Condition]:
    """The same without whether she is active, one by one: a database that meets an "or" reads all of both sides."""
    return [TIES[relation](viewer) for relation in relations_that_show(viewer.role, thing) if relation in TIES]


def is_active(viewer: Viewer) -> Condition:
    """True as long as the viewer works with the service, in the role she signed in with."""
    return exists().where(PersonRow.id == viewer.person_id, PersonRow.role == viewer.role, PersonRow.active)


def own_match(viewer: Viewer) -> Condition:
    """True for the matches that the viewer is the peer of, and that have not ended."""
    return (MatchRow.peer_id == viewer.person_id) & MatchRow.status.in_(NOT_ENDED)


def relations(session: Session, viewer: Viewer, participant_id: str) -> frozenset[Relation]:
    """What ties the viewer to the participant now; empty when the viewer's access has ended."""
    ties = [condition(viewer).label(relation.value) for relation, condition in TIES.items()]
    row = session.execute(select(*ties).where(ParticipantRow.id == participant_id, is_active(viewer))).one_or_none()
    return frozenset(relation for relation, holds in zip(TIES, row, strict=True) if holds) if row else frozenset()


def sees(session: Session, viewer: Viewer, thing: Thing, participant_id: str) -> bool:
    """Whether the viewer may see the thing of this participant now."""
    tied = relations(session, viewer, participant_id)
    return bool(tied) and may_see(viewer, thing, *tied)


def demand(session: Session, viewer: Viewer, thing: Thing, participant_id: str) -> None:
    """NotFound when the viewer may not see it: what is not hers does not exist for her."""
    if not sees(session, viewer, thing, participant_id):
        raise NotFound
