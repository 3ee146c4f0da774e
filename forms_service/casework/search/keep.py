"""The words under which a participant is found."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from forms_service.domain.search_terms import words_of
from forms_service.storage.cases import ParticipantRow, ParticipantWordRow


def keep_words(session: Session, participant: ParticipantRow) -> None:
    """Again, whenever the name, the number or the phone has changed."""
    session.execute(delete(ParticipantWordRow).where(ParticipantWordRow.participant_id == participant.id))
    words = words_of((participant.name, participant.case_number, participant.phone))
    session.add_all(ParticipantWordRow(word=word, participant_id=participant.id) for word in sorted(words))
