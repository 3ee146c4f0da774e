"""Whose case a run belongs to, whatever the run is about."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, case

from forms_service.storage.cases import MatchRow, ParticipantRow
from forms_service.storage.runs import RunRow

PARTICIPANT_OF_RUN = case(
    (RunRow.subject_kind == "participant", RunRow.subject_id),
    (RunRow.subject_kind == "match", MatchRow.participant_id),
)


def with_participant(query: Select[Any]) -> Select[Any]:
    """Join MatchRow and ParticipantRow to a query on RunRow; both are empty where a run has no case yet."""
    is_about_match = and_(RunRow.subject_kind == "match", MatchRow.id == RunRow.subject_id)
    return query.outerjoin(MatchRow, is_about_match).outerjoin(ParticipantRow, ParticipantRow.id == PARTICIPANT_OF_RUN)
