"""The town at work: requests sent, tasks answered, time passing, through the engine as the pages see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from sqlalchemy import select

from forms_service.clock import FrozenClock
from forms_service.domain.people import Role
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import NO_SUBJECT, Actor, Subject
from forms_service.engine.submit import answer_task, start_with_button, start_with_form
from forms_service.storage.cases import MatchRow, ParticipantRow
from forms_service.storage.papers import DocumentRow
from forms_service.storage.runs import StepRow
from tests.integration.casework.town import AGREED, REQUEST

COORDINATOR = Actor("solveig", Role.COORDINATOR)
NUMBERS = count()
JOINED = {"talked_on": "2026-01-16", "own_wish": "yes", "wishes": None, "interests": None, "decision": "join"}
MEETING = {"met_on": "2026-01-20", "decision": "start", "no_answer": "Ringer igjen.", "home_visits": "no"} | AGREED


@dataclass(frozen=True, slots=True)
class Office:
    """Each word is something that people do; the machine has done its part when it returns."""

    rt: Runtime
    clock: FrozenClock
    work: Callable[[], None]

    def send_request(self, by: str = "nora", **answers: object) -> str:
        """The run."""
        filled = {"caseworker": None, "relatively_drug_free": "yes", "lacks_network": "yes", **REQUEST, **answers}
        receipt = start_with_form(self.rt, "intake", self._nonce(), filled, NO_SUBJECT, Actor(by, Role.CASEWORKER))
        self.work()
        return receipt.run_id

    def answer(self, form: str, **answers: object) -> None:
        """The newest waiting task with this form, answered by the coordinator."""
        answer_task(self.rt, self.task(form).id, self._nonce(), answers, COORDINATOR)
        self.work()

    def match(self) -> MatchRow:
        """A request that has come all the way to an active match with Berit."""
        self.send_request()
        self.answer("first_conversation", **JOINED)
        start_with_button(
            self.rt, "matching_meeting", self._nonce(), Subject("participant", self.participant().id), COORDINATOR
        )
        self.work()
        self.answer("match_proposal", peer="berit", hours_per_week=3.5, reason="HEMMELIG grunn")
        self.answer("matching_meeting", **MEETING)
        with self.rt.database.reading() as session:
            return session.scalars(select(MatchRow)).one()

    def pass_days(self, days: int) -> None:
        self.clock.move(timedelta(days=days))
        self.work()

    def task(self, form: str) -> StepRow:
        waiting = select(StepRow).where(StepRow.status == "waiting", StepRow.verb == "ask", StepRow.form == form)
        with self.rt.database.reading() as session:
            found = session.scalars(waiting.order_by(StepRow.created_at.desc())).first()
        assert found is not None, form
        return found

    def participant(self, name: str = "Liv Strand") -> ParticipantRow:
        with self.rt.database.reading() as session:
            return session.scalars(select(ParticipantRow).where(ParticipantRow.name == name)).one()

    def document(self, name: str) -> DocumentRow:
        with self.rt.database.reading() as session:
            return session.scalars(select(DocumentRow).where(DocumentRow.name == name)).one()

    @staticmethod
    def _nonce() -> str:
        return f"{next(NUMBERS):032x}"
