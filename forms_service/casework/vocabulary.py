"""The words that this service lends to its YAML files."""

from __future__ import annotations

from forms_service.casework.moves import NEEDED_ANSWERS
from forms_service.casework.picks import PICKS
from forms_service.casework.subjects import SUBJECTS
from forms_service.domain.people import Role
from forms_service.domain.releases import Content
from forms_service.language.vocabulary import ValueType, Vocabulary

FACTS = {
    "case.case_number": ValueType.TEXT,
    "case.participant_name": ValueType.TEXT,
    "case.office": ValueType.TEXT,
    "case.caseworker": ValueType.TEXT,
    "case.primary_contact": ValueType.TEXT,
    "case.has_contact": ValueType.YES_NO,
    "case.peer_name": ValueType.TEXT,
    "case.phase": ValueType.TEXT,
    "case.wishes": ValueType.TEXT,
    "case.gender": ValueType.TEXT,
    "case.birth_year": ValueType.NUMBER,
    "case.status": ValueType.TEXT,
    "match.peer_name": ValueType.TEXT,
    "match.started": ValueType.DATE,
    "match.closed": ValueType.DATE,
    "match.paused": ValueType.YES_NO,
    "match.hours_per_week": ValueType.NUMBER,
    "match.goal_count": ValueType.NUMBER,
    "match.goal_1": ValueType.TEXT,
    "match.goal_2": ValueType.TEXT,
    "match.goal_3": ValueType.TEXT,
    "match.goals": ValueType.LIST,
    "match.contact_count": ValueType.NUMBER,
    "match.contacts": ValueType.LIST,
    "match.closure_reason": ValueType.TEXT,
    "match.month_from": ValueType.DATE,
    "match.month_to": ValueType.DATE,
    "match.month_meetings": ValueType.NUMBER,
    "match.month_activities": ValueType.NUMBER,
    "match.month_calls": ValueType.NUMBER,
    "match.month_texts": ValueType.NUMBER,
    "match.month_group_meetings": ValueType.NUMBER,
    "match.month_hours": ValueType.NUMBER,
    "match.month_nights": ValueType.NUMBER,
    "match.month_too_much": ValueType.NUMBER,
}
"""What casework.facts gives, name by name."""

PEER_SUPPORT = Vocabulary(
    roles=frozenset(Role),
    moves=NEEDED_ANSWERS,
    facts=FACTS,
    releases=frozenset(Content),
    subjects=frozenset(SUBJECTS),
    picks=frozenset(PICKS),
)
