"""What the viewer can begin on a participant's page, as far as the case has come."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from forms_service.casework.lists.case_file import CaseFile
from forms_service.casework.subjects import MATCH, PARTICIPANT
from forms_service.domain.match import TAKES_CONTACTS, MatchStatus
from forms_service.domain.people import ParticipantStatus, Viewer
from forms_service.engine.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Action:
    """A workflow that can be started about the participant or the match."""

    workflow: str
    title: str
    has_form: bool
    kind: str
    id: str
    quiet: bool = False


def actions_for(rt: Runtime, viewer: Viewer, case: CaseFile, under_way: Collection[str]) -> list[Action]:
    """In the order to show them; a workflow of those ``under_way`` is not begun again."""
    known = rt.library.current_as_read().workflows
    begun = set(under_way) & ONE_AT_A_TIME
    return [
        Action(key, known[key].title, bool(known[key].start.form), kind, subject_id, key in QUIET)
        for key, (kind, about) in POSSIBLE.items()
        if key in known and viewer.role in known[key].start.by and key not in begun and (subject_id := about(case))
    ]


def _whoever_waits(case: CaseFile) -> str:
    return case.id if case.status == ParticipantStatus.WAITING else ""


def _whoever_lives(case: CaseFile) -> str:
    return case.id if case.status != ParticipantStatus.DECEASED else ""


def _match_to_report(case: CaseFile) -> str:
    """The latest match that has ended, as long as there is somebody to read what is said of it."""
    return _match_in(MatchStatus.CLOSED)(case) if case.status != ParticipantStatus.DECEASED else ""


def _match_in(*statuses: MatchStatus) -> Callable[[CaseFile], str]:
    return lambda case: next((match.id for match in case.matches if match.status in statuses), "")


POSSIBLE = {
    "matching_meeting": (PARTICIPANT, _whoever_waits),
    "contact_log": (MATCH, _match_in(*TAKES_CONTACTS)),
    "pause": (MATCH, _match_in(MatchStatus.ACTIVE)),
    "closure": (MATCH, _match_in(MatchStatus.ACTIVE, MatchStatus.PAUSED)),
    "final_report": (MATCH, _match_to_report),
    "note": (PARTICIPANT, lambda case: case.id),
    "peer_note": (MATCH, _match_in(*TAKES_CONTACTS)),
    "monthly_report": (MATCH, _match_in(MatchStatus.ACTIVE)),
    "change_contact": (PARTICIPANT, _whoever_lives),
    "death": (PARTICIPANT, _whoever_lives),
}
"""Workflow → what it is about, and how its id is found in a case; empty when it makes no sense now."""

ONE_AT_A_TIME = frozenset({"matching_meeting", "pause", "closure", "final_report", "monthly_report", "death"})

QUIET = frozenset({"monthly_report", "change_contact", "death"})
"""Seldom the next thing to do, so that they stand last and do not call. A match begins its monthly reports by itself:
only one from before there were any, or whose series was stopped, has a button for them."""
