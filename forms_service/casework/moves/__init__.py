"""The moves of the domain that a workflow's ``do`` can make, and the answers that each cannot do without."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from forms_service.casework.moves.change_contact import change_contact
from forms_service.casework.moves.close_match import close_match
from forms_service.casework.moves.keep_note import keep_note
from forms_service.casework.moves.log_contact import log_contact
from forms_service.casework.moves.move import Move
from forms_service.casework.moves.open_case import open_case
from forms_service.casework.moves.open_match import open_match
from forms_service.casework.moves.pause_match import pause_match, resume_match
from forms_service.casework.moves.propose_match import propose_match
from forms_service.casework.moves.remember import remember
from forms_service.casework.moves.waiting import join_waiting_list, not_now
from forms_service.casework.moves.withdraw_match import withdraw_match
from forms_service.engine.service import Subject

MOVES: Mapping[str, Callable[[Move], Subject]] = {
    "open_case": open_case,
    "join_waiting_list": join_waiting_list,
    "not_now": not_now,
    "propose_match": propose_match,
    "open_match": open_match,
    "withdraw_match": withdraw_match,
    "pause_match": pause_match,
    "resume_match": resume_match,
    "close_match": close_match,
    "remember": remember,
    "log_contact": log_contact,
    "keep_note": keep_note,
    "change_contact": change_contact,
}

NEEDED_ANSWERS: Mapping[str, frozenset[str]] = {
    "open_case": frozenset({"office", "caseworker", "participant_name", "participant_gender", "birth_year"}),
    "join_waiting_list": frozenset(),
    "not_now": frozenset(),
    "propose_match": frozenset({"peer", "hours_per_week"}),
    "open_match": frozenset(
        {"started_on", "goal_1", "release_agreement", "release_evaluation", "release_final_report"}
    ),
    "withdraw_match": frozenset(),
    "pause_match": frozenset(),
    "resume_match": frozenset(),
    "close_match": frozenset({"closed_on", "reason"}),
    "remember": frozenset(),
    "log_contact": frozenset({"on", "kind"}),
    "keep_note": frozenset({"internal_note"}),
    "change_contact": frozenset({"contact"}),
}
