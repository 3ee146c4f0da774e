"""Whose case a run belongs to, whatever the run is about."""

from __future__ import annotations

from typing import TypeVarTuple

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import aliased

from forms_service.casework.subjects import MATCH, PARTICIPANT
from forms_service.storage.cases import MatchRow, ParticipantRow
from forms_service.storage.register import RecordRow
from forms_service.storage.runs import RunRow

Columns = TypeVarTuple("Columns")
MatchOfRun = aliased(MatchRow)

PARTICIPANT_OF_RUN = case(
    (RunRow.subject_kind == PARTICIPANT, RunRow.subject_id),
    (RunRow.subject_kind == MATCH, MatchOfRun.participant_id),
)


NUMBER_OF_RUN = func.coalesce(
    ParticipantRow.case_number,
    select(RecordRow.number).where(RecordRow.id == RunRow.subject_id).correlate(RunRow).scalar_subquery(),
)
"""The number that people know the case by; that of the record in a service of another trade. Needs the join below."""


def with_participant(query: Select[*Columns]) -> Select[*Columns]:
    """Join MatchOfRun and ParticipantRow to a query on RunRow; both are empty where a run has no case yet."""
    is_about_match = and_(RunRow.subject_kind == MATCH, MatchOfRun.id == RunRow.subject_id)
    with_match = query.outerjoin(MatchOfRun, is_about_match)
    return with_match.outerjoin(ParticipantRow, ParticipantRow.id == PARTICIPANT_OF_RUN)
