"""Which documents a viewer may open."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from forms_service.casework.access.ties import own_match, relations
from forms_service.casework.subjects import MATCH
from forms_service.domain.access import Relation, may_see, thing_of_document
from forms_service.domain.people import Role, Viewer
from forms_service.storage.cases import MatchRow
from forms_service.storage.papers import DeliveryRow, DocumentRow


def may_open(session: Session, viewer: Viewer, document: DocumentRow) -> bool:
    """Whether the viewer may open a document now: the table allows its kind, and it is made for one of her roles."""
    tied = _tied_to_document(session, viewer, document)
    roles = {viewer.role, Role.PRIMARY_CONTACT} if Relation.RECIPIENT in tied else {viewer.role}
    return (
        bool(tied) and bool(roles & set(document.open_to)) and may_see(viewer, thing_of_document(document.name), *tied)
    )


def _tied_to_document(session: Session, viewer: Viewer, document: DocumentRow) -> frozenset[Relation]:
    """The relations to the participant, but a peer's only to the papers of her own match, and the recipient's."""
    if document.participant_id is None:
        return frozenset()
    tied = relations(session, viewer, document.participant_id)
    if Relation.OWN_MATCH in tied and not _is_about_own_match(session, viewer, document):
        tied -= {Relation.OWN_MATCH}
    if Relation.PRIMARY_CONTACT in tied and _was_delivered_to(session, viewer, document):
        tied |= {Relation.RECIPIENT}
    return tied


def _is_about_own_match(session: Session, viewer: Viewer, document: DocumentRow) -> bool:
    hers = select(MatchRow.id).where(own_match(viewer), MatchRow.id == document.subject_id)
    return document.subject_kind == MATCH and session.scalar(hers) is not None


def _was_delivered_to(session: Session, viewer: Viewer, document: DocumentRow) -> bool:
    delivered = exists().where(DeliveryRow.document_id == document.id, DeliveryRow.person_id == viewer.person_id)
    return bool(session.scalar(select(delivered)))
