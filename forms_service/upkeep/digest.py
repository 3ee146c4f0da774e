"""The letter of the morning: at most one a day to each, whichever poller looks first, and however many are killed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import IntegrityError

from forms_service.engine.letter import OPERATOR
from forms_service.engine.runtime import Runtime
from forms_service.storage.outbox import DigestRow, MessageRow
from forms_service.texts import say
from forms_service.upkeep.crew import crew_of
from forms_service.upkeep.machine import disk
from forms_service.upkeep.matters import Matter, matters_in
from forms_service.upkeep.morning import day_to_tell_of, is_first_of_week
from forms_service.upkeep.standstill import standstill


@dataclass(slots=True)
class Digest:
    """The last day that this poller has looked at; losing it costs one question to the database."""

    looked_at: date | None = None

    def look(self, rt: Runtime) -> int:
        """How many letters were written."""
        day = day_to_tell_of(rt, rt.clock.now())
        if day is None or day == self.looked_at:
            return 0
        written = tell_of(rt, day)
        self.looked_at = day
        return written


def tell_of(rt: Runtime, day: date) -> int:
    """Look once for all pollers, and write to everybody in the transaction that says so; how many letters."""
    with rt.database.reading() as session:
        if session.get(DigestRow, day) is not None:
            return 0
    letters = _letters(rt, day, what_there_is(rt))
    try:
        _keep(rt, day, letters)
    except IntegrityError:  # another poller was first
        return 0
    for letter in letters:
        rt.bell.ring_message(letter.id)
    return len(letters)


def what_there_is(rt: Runtime) -> tuple[Matter, ...]:
    now = rt.clock.now()
    with rt.database.reading() as session:
        found, crew = standstill(session, now), crew_of(session, now)
    return matters_in(found, crew, has_room=disk(rt.settings).well, rings=rt.bell.answers(), now=now)


def _keep(rt: Runtime, day: date, letters: Sequence[MessageRow]) -> None:
    with rt.database.writing() as session:
        session.add(DigestRow(day=day, looked_at=rt.clock.now(), letters=len(letters)))
        session.flush()  # whoever is second fails here
        session.add_all(letters)


def _letters(rt: Runtime, day: date, matters: Sequence[Matter]) -> list[MessageRow]:
    """Nobody is written to when there is nothing to tell, but once a week: silence could also be a fault."""
    tells = matters or is_first_of_week(day)
    return [_letter(rt, day, address, matters) for address in rt.settings.digest_to] if tells else []


def _letter(rt: Runtime, day: date, address: str, matters: Sequence[Matter]) -> MessageRow:
    """Its id follows from the day and the address, so that no second one can ever lie beside it."""
    name = hashlib.sha256(f"digest {day.isoformat()} {address}".encode()).hexdigest()[:32]
    now = rt.clock.now()
    return MessageRow(
        id=name,
        key=f"digest/{name}",
        message="digest",
        role=OPERATOR,
        address=address,
        subject=_subject(len(matters)),
        body=_body(rt, matters),
        message_id=f"<{name}@{rt.settings.mail_domain}>",
        due_at=now,
        at_once=True,
        created_at=now,
    )


def _subject(number: int) -> str:
    return say(f"upkeep.digest.subject.{'none' if number == 0 else 'one' if number == 1 else 'many'}", n=number)


def _body(rt: Runtime, matters: Sequence[Matter]) -> str:
    link = f"{rt.settings.base_url}/drift"
    if not matters:
        return say("upkeep.digest.well", link=link)
    lines = (say("upkeep.digest.line", it=matter.what) for matter in matters)
    return say("upkeep.digest.ill", matters="\n".join(lines), link=link)
