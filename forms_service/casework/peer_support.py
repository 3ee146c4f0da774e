"""The peer-support service as the engine wants to see a domain; every method hands on to its own file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from forms_service.casework import recipients
from forms_service.casework.facts import facts_of
from forms_service.casework.happenings import keep_happening
from forms_service.casework.moves import MOVES
from forms_service.casework.moves.move import Move
from forms_service.casework.picks import PICKS
from forms_service.casework.releases import find_release
from forms_service.casework.subjects import numbers_of, participant_of, silenced, subjects_of
from forms_service.casework.vocabulary import PEER_SUPPORT
from forms_service.engine.service import Actor, Assignment, Recipient, Subject
from forms_service.errors import ReleaseMissing
from forms_service.language.vocabulary import Vocabulary
from forms_service.storage.colleagues import is_away

OSLO = ZoneInfo("Europe/Oslo")


@dataclass(frozen=True, slots=True)
class PeerSupport:
    """Implements engine.service.Service."""

    vocabulary: Vocabulary = PEER_SUPPORT
    zone: ZoneInfo = OSLO

    def facts(self, session: Session, subject: Subject, today: date) -> dict[str, object]:
        return facts_of(session, subject, today)

    def move(
        self, session: Session, name: str, subject: Subject, answers: Mapping[str, object], actor: Actor, now: datetime
    ) -> Subject:
        move = Move(session, subject, answers, actor, now, now.astimezone(self.zone).date())
        after = MOVES[name](move)
        keep_happening(move, name, after)
        return after

    def assign(self, session: Session, role: str, subject: Subject) -> Assignment:
        return recipients.assign(session, role, subject)

    def recipient(self, session: Session, role: str, subject: Subject, today: date) -> Recipient:
        return recipients.recipient(session, role, subject, today)

    def release(self, session: Session, content: str, role: str, subject: Subject, today: date) -> str:
        participant_id = self.participant_id(session, subject)
        found = find_release(session, participant_id, content, role, today) if participant_id else None
        if found is None:
            raise ReleaseMissing(content)
        return found.id

    def silenced(self, session: Session, subject: Subject) -> tuple[Subject, ...]:
        """Subjects about which everything else must stop now: all that there is about somebody who has died."""
        return silenced(session, subject)

    def participant_id(self, session: Session, subject: Subject) -> str | None:
        participant = participant_of(session, subject)
        return participant.id if participant else None

    def numbers(self, session: Session, subjects: Collection[Subject]) -> dict[Subject, str]:
        return numbers_of(session, subjects)

    def subjects(self, session: Session, kind: str) -> tuple[Subject, ...]:
        return subjects_of(session, kind)

    def is_away(self, session: Session, role: str, person_id: str | None, today: date) -> bool:
        return is_away(session, role, person_id, today)

    def picks(self, session: Session, name: str, subject: Subject) -> dict[str, str]:
        return PICKS[name](session, subject)
