"""The participants that a text means."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, select

from forms_service.domain.search_terms import MOST, terms_of
from forms_service.storage.cases import ParticipantRow, ParticipantWordRow

LAST = "\U0010ffff"
"""After every word that begins in the same way."""


def is_meant(text: str) -> ColumnElement[bool]:
    """True for the participants each of whose searched words begins one of theirs; nobody for a text without words."""
    terms = terms_of(text)[:MOST]
    return and_(*map(_has_word, terms)) if terms else false()


def _has_word(term: str) -> ColumnElement[bool]:
    """A range, since an index cannot help LIKE on every database."""
    word = ParticipantWordRow.word
    return ParticipantRow.id.in_(select(ParticipantWordRow.participant_id).where(word >= term, word < term + LAST))
