"""What a stand-in takes along: the least that is needed, and nothing that was told in confidence.

No participant's name, number or address, no note, no zone, no reason: a case number leads to the rest on the screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from forms_service.casework.candidates import as_peer
from forms_service.casework.lists.peers import ChosenPeers, PeerMatch, matches_of_peers, peer_lines
from forms_service.casework.week.line import Line
from forms_service.domain.match import NOT_ENDED
from forms_service.domain.matching import Peer, is_prepared
from forms_service.domain.people import ParticipantStatus, Role, Viewer
from forms_service.engine.runtime import Runtime
from forms_service.language.definitions import Workflow
from forms_service.storage.cases import MatchRow, ParticipantRow
from forms_service.storage.people import OfficeRow, PersonRow
from forms_service.texts import say
from forms_service.web.week.lists import lists_of
from forms_service.web.week.span import Span
from forms_service.web.week.steps import titles_of
from forms_service.web.words import role_words

MOST = 500
"""Lines of a list on paper; beyond it somebody works from the screen."""
CURRENT = (
    ParticipantStatus.REQUESTED,
    ParticipantStatus.WAITING,
    ParticipantStatus.PROPOSED,
    ParticipantStatus.MATCHED,
)
Data = Mapping[str, object]


def pack_of(rt: Runtime, session: Session, viewer: Viewer, span: Span) -> tuple[Data, list[str]]:
    """What the paper shows, and which participants are in it."""
    lists = lists_of(rt, viewer, span)
    names = ("frister", "evalueringer", "avtalt", "staar-stille", "pauser")
    found = {name: lists[name].first(session, MOST) for name in names}
    titles = titles_of(rt, session, [line for lines in found.values() for line in lines])
    rows = list(_participants(session))
    ahead = sorted(found["frister"] + found["evalueringer"] + found["avtalt"], key=lambda line: str(line.day))
    data: dict[str, object] = {
        "pack": {
            "by": viewer.name,
            "from_day": span.today.isoformat(),
            "to_day": span.last.isoformat(),
            "participants": [row[1] for row in rows],
            "due": [_step(line, titles) for line in ahead],
            "late": [_step(line, titles) for line in found["staar-stille"]],
            "pauses": [_pause(line) for line in found["pauser"]],
            "peers": _peers(session, viewer),
            "offices": _offices(session),
            "routines": _routines(rt.library.current().workflows.values()),
            "address": rt.settings.base_url,
        }
    }
    seen = {line.participant_id for lines in found.values() for line in lines if line.participant_id}
    return data, sorted({row[0] for row in rows} | seen)


def _participants(session: Session) -> Iterable[tuple[str, dict[str, str]]]:
    """Everybody who is in the service now, by case number, with whom to call about it."""
    peer, caseworker, contact = aliased(PersonRow), aliased(PersonRow), aliased(PersonRow)
    goes_on = and_(MatchRow.participant_id == ParticipantRow.id, MatchRow.status.in_(NOT_ENDED))
    found = (
        select(ParticipantRow.id, ParticipantRow.case_number, ParticipantRow.status, MatchRow.status, OfficeRow.name)
        .add_columns(peer, caseworker, contact)
        .join(OfficeRow, OfficeRow.id == ParticipantRow.office_id)
        .outerjoin(MatchRow, goes_on)
        .outerjoin(peer, peer.id == MatchRow.peer_id)
        .outerjoin(caseworker, caseworker.id == ParticipantRow.caseworker_id)
        .outerjoin(contact, contact.id == ParticipantRow.primary_contact_id)
        .where(ParticipantRow.status.in_(CURRENT))
        .order_by(ParticipantRow.case_number)
        .limit(MOST)
    )
    for row in session.execute(found):
        yield row[0], _participant(row)


def _participant(row: Any) -> dict[str, str]:
    _, number, status, match, office, peer, caseworker, contact = row
    stands = say("week.on_pause") if match == "paused" else _status(status)
    known = {"case": number, "stands": stands, "office": office}
    return known | {"peer": _reached(peer), "caseworker": _reached(caseworker), "contact": _reached(contact)}


def _status(status: str) -> str:
    return say(f"participants.{status}", peer=role_words(Role.PEER))


def _reached(person: PersonRow | None) -> str:
    """A name with the way to her."""
    if person is None:
        return ""
    return ", ".join(part for part in (person.name, person.phone or person.email or "") if part)


def _step(line: Line, titles: Mapping[str, str]) -> dict[str, str]:
    who = line.person or (role_words(line.role) if line.role else "")
    day = line.day.isoformat() if line.day else ""
    return {"day": day, "what": titles.get(line.step_id) or line.title, "case": line.case_number, "who": who}


def _pause(line: Line) -> dict[str, str]:
    reached = ", ".join(part for part in (line.person, line.phone) if part)
    return {"case": line.case_number, "since": line.day.isoformat() if line.day else "", "peer": reached}


def _peers(session: Session, viewer: Viewer) -> list[dict[str, object]]:
    rows = session.execute(peer_lines(viewer, ChosenPeers()).limit(MOST)).all()
    matches = matches_of_peers(session, [person.id for person, *_ in rows])
    return [_peer(person, as_peer(row), matches.get(person.id, [])) for row in rows for person in (row[0],)]


def _peer(person: PersonRow, peer: Peer, matches: list[PeerMatch]) -> dict[str, object]:
    return {
        "name": peer.name,
        "phone": person.phone or "",
        "cases": ", ".join(match.case_number for match in matches),
        "free": peer.hours_free,
        "ready": say("common.yes") if is_prepared(peer) else say("common.no"),
    }


def _offices(session: Session) -> list[dict[str, str]]:
    """Each office with its caseworkers and how to reach them."""
    works_there = and_(PersonRow.office_id == OfficeRow.id, PersonRow.active, PersonRow.role == Role.CASEWORKER)
    found = select(OfficeRow.name, PersonRow).outerjoin(PersonRow, works_there).where(OfficeRow.active)
    offices: dict[str, list[str]] = {}
    for office, person in session.execute(found.order_by(OfficeRow.name, PersonRow.name)):
        offices.setdefault(office, []).append(_reached(person))
    return [{"name": name, "people": "; ".join(filter(None, people))} for name, people in offices.items()]


def _routines(workflows: Iterable[Workflow]) -> list[dict[str, str]]:
    """Each workflow with what is done in it, in the words of its own titles."""
    return [
        {
            "name": workflow.title,
            "steps": " · ".join(dict.fromkeys(step.title for step in workflow.steps if step.title)),
        }
        for workflow in sorted(workflows, key=lambda each: each.title)
    ]
