"""open_match: at the matching meeting the two have said yes; goals and releases are what the participant agreed to."""

from __future__ import annotations

from forms_service.casework.moves.move import Move
from forms_service.casework.moves.waiting import leave_waiting_list
from forms_service.casework.releases import give_release, withdraw_release
from forms_service.domain.dates import must_be_plausible_start
from forms_service.domain.goals import MOST_GOALS
from forms_service.domain.match import MatchMove
from forms_service.domain.match import after as match_after
from forms_service.domain.participation import Turn, after
from forms_service.domain.people import Role
from forms_service.domain.releases import Content
from forms_service.engine.service import Subject
from forms_service.storage.cases import GoalRow, MatchRow, ParticipantRow


def open_match(move: Move) -> Subject:
    participant, match = move.participant(), move.match()
    match.status = match_after(match.status, MatchMove.OPEN)
    participant.status = after(participant.status, Turn.MATCH)
    match.started_on = move.day("started_on")
    must_be_plausible_start(match.started_on, move.today)
    leave_waiting_list(move.session, participant.id, move.now)
    _agree_on_goals(move, match)
    _ask_what_may_go(move, participant)
    return move.subject


def _agree_on_goals(move: Move, match: MatchRow) -> None:
    texts = [move.text(f"goal_{number}") for number in range(1, MOST_GOALS + 1)]
    for number, text in enumerate(filter(None, texts), start=1):
        move.session.add(GoalRow(match_id=match.id, number=number, text=text))


def _ask_what_may_go(move: Move, participant: ParticipantRow) -> None:
    """The newest answer counts: a no also ends what was released in an earlier match."""
    for content in Content:
        withdraw_release(move.session, participant.id, content, Role.PRIMARY_CONTACT, move.now)
        if move.answers.get(f"release_{content}") == "yes":
            give_release(
                move.session,
                participant.id,
                content,
                Role.PRIMARY_CONTACT,
                move.now,
                recorded_by=move.actor.person_id,
            )
