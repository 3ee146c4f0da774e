"""Which documents a viewer may open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.casework.access.ties import is_active, own_match, relations
from forms_service.casework.subjects import MATCH
from forms_service.domain.access import Relation, is_of_another_trade, may_see, thing_of_document
from forms_service.domain.people import Viewer
from forms_service.storage.cases import MatchRow
from forms_service.storage.papers import DeliveryRow, DocumentRow


class DocumentLine(NamedTuple):
    """Of a document what a list shows, and what decides whether it opens: a case has hundreds, and each is long."""

    id: str
    name: str
    number: str
    title: str
    subject_kind: str
    subject_id: str
    open_to: list[str]
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Openable:
    """The documents about a participant that open for somebody, and whether there are no others."""

    lines: Sequence[DocumentLine]
    is_every_one: bool


@dataclass(frozen=True, slots=True)
class Ties:
    """What ties a viewer to one participant's documents; ``matches`` and ``delivered`` are ids of her own."""

    relations: frozenset[Relation]
    matches: frozenset[str]
    delivered: frozenset[str]


def may_open(session: Session, viewer: Viewer, document: DocumentRow) -> bool:
    """Whether the viewer may open a document now: the table allows it, and it is made for her role or sent to her."""
    if is_of_another_trade(viewer.role):
        return _opens_elsewhere(session, viewer, document)
    if document.participant_id is None:
        return False
    return _opens(viewer, document, _ties(session, viewer, document.participant_id))


def _opens_elsewhere(session: Session, viewer: Viewer, document: DocumentRow) -> bool:
    """In a service of another trade: a document that is nobody's case, made for her role or put into her inbox."""
    if document.participant_id is not None or not session.scalar(select(is_active(viewer))):
        return False
    hers = DeliveryRow.person_id == viewer.person_id, DeliveryRow.document_id == document.id
    return viewer.role in document.open_to or session.scalar(select(DeliveryRow.id).where(*hers)) is not None


def openable_documents(session: Session, viewer: Viewer, participant_id: str) -> Openable:
    """All documents about a participant that the viewer may open now, the newest first; in four queries."""
    ties = _ties(session, viewer, participant_id)
    about = select(*(getattr(DocumentRow, name) for name in DocumentLine._fields))
    about = about.where(DocumentRow.participant_id == participant_id)
    newest_first = about.order_by(DocumentRow.made_at.desc(), DocumentRow.number.desc())
    lines = [DocumentLine(*row) for row in session.execute(newest_first)]
    hers = [line for line in lines if _opens(viewer, line, ties)]
    return Openable(hers, is_every_one=len(hers) == len(lines))


def _ties(session: Session, viewer: Viewer, participant_id: str) -> Ties:
    matches = select(MatchRow.id).where(own_match(viewer), MatchRow.participant_id == participant_id)
    delivered = select(DeliveryRow.document_id).join(DocumentRow, DocumentRow.id == DeliveryRow.document_id)
    delivered = delivered.where(DeliveryRow.person_id == viewer.person_id, DocumentRow.participant_id == participant_id)
    return Ties(
        relations(session, viewer, participant_id),
        frozenset(session.scalars(matches)),
        frozenset(session.scalars(delivered)),
    )


def _opens(viewer: Viewer, document: DocumentRow | DocumentLine, ties: Ties) -> bool:
    tied = _tied_to(document, ties)
    if viewer.role not in document.open_to:
        tied &= {Relation.RECIPIENT}
    return bool(tied) and may_see(viewer, thing_of_document(document.name), *tied)


def _tied_to(document: DocumentRow | DocumentLine, ties: Ties) -> frozenset[Relation]:
    """The relations to the participant, but a peer's only to the papers of her own match, and the recipient's."""
    tied = ties.relations
    if document.subject_kind != MATCH or document.subject_id not in ties.matches:
        tied -= {Relation.OWN_MATCH}
    if Relation.PRIMARY_CONTACT in tied and document.id in ties.delivered:
        tied |= {Relation.RECIPIENT}
    return tied
