"""The shipped workflows with the domain behind them: what happens to a case, and what reaches whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from forms_service.clock import FrozenClock
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import NO_SUBJECT, Actor, Subject
from forms_service.engine.submit import answer_task, start_with_button, start_with_form
from forms_service.language.definitions import Document
from forms_service.rehearsal.machine import live_until
from forms_service.storage.cases import MatchRow, ParticipantRow, ReleaseRow
from forms_service.storage.outbox import MessageRow
from forms_service.storage.papers import DeliveryRow, DocumentRow
from forms_service.storage.runs import LinkRow, RunRow, StepRow
from tests.fixtures.mail import Mailbox
from tests.integration.casework.town import AGREED, REQUEST, Town

MARK = "MERKE-INTERNT"

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@dataclass(slots=True)
class PaperPress:
    """Keeps what each document was printed from."""

    printed: dict[str, str] = field(default_factory=dict)

    def warm(self) -> None:
        return None

    def render(self, document: Document, data: Mapping[str, object], stamp: object) -> bytes:
        self.printed[document.key] = repr(data)
        return b"%PDF"


@dataclass(slots=True)
class Office:
    """Somebody does something, and the machine does what follows at once."""

    rt: Runtime
    clock: FrozenClock
    press: PaperPress
    done: int = 0

    def request(self) -> None:
        start_with_form(self.rt, "intake", self.nonce(), REQUEST, NO_SUBJECT, Actor("nora", "caseworker"))
        self.work()

    def answer(self, path: str, /, **answers: object) -> None:
        task = self.task(path)
        assert task is not None, path
        answer_task(self.rt, task.id, self.nonce(), answers, Actor("solveig"))
        self.work()

    def begin(self, workflow: str) -> None:
        about = {"participant": self.participant.id, "match": self.match.id if self.match else ""}
        kind = self.rt.library.current().workflows[workflow].about
        start_with_button(self.rt, workflow, self.nonce(), Subject(kind, about[kind]), Actor("solveig"))
        self.work()

    def change_contact(self, person: str) -> None:
        about, answers = Subject("participant", self.participant.id), {"contact": person, "also_caseworker": "no"}
        start_with_form(self.rt, "change_contact", self.nonce(), answers, about, Actor("solveig", "coordinator"))
        self.work()

    def matched(self, **agreed: object) -> None:
        self.request()
        self.answer("conversation", talked_on="2026-01-16", own_wish="yes", decision="join", internal_note=MARK)
        self.begin("matching_meeting")
        self.answer("proposal", peer="berit", hours_per_week=3.5, reason=MARK, meeting_on=None)
        self.answer(
            "meeting", **{**AGREED, "met_on": "2026-01-20", "decision": "start", "no_answer": "Ringe", **agreed}
        )

    def close(self, reason: str) -> None:
        self.begin("closure")
        today = self.clock.now().date().isoformat()
        self.answer("closing", closed_on=today, reason=reason, goal_1_status="reached", internal_note=MARK)

    def pass_days(self, days: int) -> None:
        live_until(self.rt, self.clock, self.clock.now() + timedelta(days=days))

    def work(self) -> None:
        live_until(self.rt, self.clock, self.clock.now())

    def nonce(self) -> str:
        self.done += 1
        return f"nonce-{self.done}"

    def task(self, path: str) -> StepRow | None:
        waiting = select(StepRow).where(StepRow.path == path, StepRow.verb == "ask", StepRow.status == "waiting")
        with self.rt.database.reading() as session:
            return session.scalars(waiting).one_or_none()

    @property
    def participant(self) -> ParticipantRow:
        with self.rt.database.reading() as session:
            return session.scalars(select(ParticipantRow)).one()

    @property
    def match(self) -> MatchRow | None:
        with self.rt.database.reading() as session:
            return session.scalars(select(MatchRow)).one_or_none()

    def messages(self, **where: object) -> list[tuple[str, str]]:
        """Each message's name and status, the oldest first; of one moment, as they were written."""
        with self.rt.database.reading() as session:
            found = session.scalars(select(MessageRow).filter_by(**where)).all()
        return [(row.message, row.status) for row in sorted(found, key=lambda row: row.created_at)]

    def inbox_of(self, person_id: str) -> list[str]:
        found = select(DocumentRow.name).join(DeliveryRow, DeliveryRow.document_id == DocumentRow.id)
        with self.rt.database.reading() as session:
            return list(
                session.scalars(found.where(DeliveryRow.person_id == person_id).order_by(DeliveryRow.delivered_at))
            )

    def outcomes(self, workflow: str) -> list[str]:
        """How its runs have ended."""
        ended = select(RunRow.outcome).where(RunRow.workflow == workflow, RunRow.status == "ended")
        with self.rt.database.reading() as session:
            return list(session.scalars(ended))

    def problems(self) -> list[str]:
        with self.rt.database.reading() as session:
            return list(session.scalars(select(StepRow.problem).where(StepRow.status == "incident")))


@pytest.fixture
def office(runtime: Runtime, clock: FrozenClock, smtp: Mailbox) -> Office:
    Town(runtime.database)
    press = PaperPress()
    return Office(replace(runtime, press=press), clock, press)


def test_a_request_tells_its_caseworker_and_nobody_else(office: Office) -> None:
    office.request()
    assert office.messages() == [("request_received", "sent")]
    assert office.messages(person_id="nora") == [("request_received", "sent")]


def test_the_first_conversation_leads_to_the_waiting_list_or_to_not_now(office: Office) -> None:
    office.request()
    office.answer("conversation", talked_on="2026-01-16", own_wish="no", decision="not_now")
    assert office.participant.status == "not_now"
    assert office.messages()[-1] == ("not_now", "sent")


def test_a_late_first_conversation_reaches_the_project_lead(office: Office) -> None:
    office.request()
    office.pass_days(10)
    assert office.messages(person_id="solveig") == [("reminder", "sent"), ("reminder", "sent")]
    assert office.messages(person_id="trond") == [("conversation_overdue", "sent")]


def test_an_agreement_reaches_the_primary_contact_when_it_is_released(office: Office) -> None:
    office.matched()
    assert office.match is not None
    assert office.match.status == "active"
    assert office.inbox_of("nora") == ["agreement"]


def test_without_a_release_nothing_goes_and_the_coordinator_is_asked(office: Office) -> None:
    office.matched(release_agreement="no")
    assert office.inbox_of("nora") == []
    assert office.task("shared/held") is not None
    office.answer("shared/held", outcome="drop")
    assert office.inbox_of("nora") == []
    assert office.problems() == []


def test_a_no_at_the_meeting_leads_back_to_the_waiting_list(office: Office) -> None:
    office.matched(decision="not_match")
    assert office.participant.status == "waiting"
    assert office.match is not None
    assert office.match.status == "withdrawn"


def test_the_final_report_reaches_whoever_is_primary_contact_that_day_and_holds_no_internal_note(
    office: Office,
) -> None:
    office.matched()
    office.close("goal_reached")
    with office.rt.database.writing() as session:
        session.get_one(ParticipantRow, office.participant.id).primary_contact_id = "pia"
    office.answer("text", plan="Videre")
    office.answer("reading", opinion="fine", comment="Takk")
    office.answer("approval", decision="approve")
    assert office.inbox_of("pia") == ["final_report"]
    assert office.inbox_of("nora") == ["agreement"]
    assert "Takk" in office.press.printed["final_report"]
    assert MARK not in repr(office.press.printed)


def test_a_release_withdrawn_before_the_approval_stops_the_final_report(office: Office) -> None:
    office.matched()
    office.close("goal_reached")
    office.answer("text", plan="Videre")
    office.answer("reading", opinion="fine", comment=None)
    with office.rt.database.writing() as session:
        for release in session.scalars(select(ReleaseRow)):
            release.withdrawn_at = office.clock.now()
    office.answer("approval", decision="approve")
    assert office.inbox_of("nora") == ["agreement"]
    assert office.task("delivered/held") is not None


def test_a_report_that_is_written_again_is_read_again_before_it_goes(office: Office) -> None:
    office.matched()
    office.close("goal_reached")
    office.answer("text", plan="Første plan")
    office.answer("reading", opinion="wrong", comment="Kurset er ferdig")
    office.answer("approval", decision="again")
    office.answer("text", plan="Andre plan")
    assert "Andre plan" in office.press.printed["final_report_draft"]
    assert office.task("approval") is None
    office.answer("reading", opinion="fine", comment=None)
    office.answer("approval", decision="approve")
    assert "Andre plan" in office.press.printed["final_report"]
    assert "Første plan" not in office.press.printed["final_report"]
    assert office.inbox_of("nora") == ["agreement", "final_report"]


def test_a_stopped_report_can_be_begun_anew(office: Office) -> None:
    office.matched()
    office.close("goal_reached")
    office.answer("text", plan="Videre")
    office.answer("reading", opinion="wrong", comment=None)
    office.answer("approval", decision="stop")
    assert office.inbox_of("nora") == ["agreement"]
    office.begin("final_report")
    assert office.task("text") is not None


def test_every_half_year_the_participant_is_asked_over_a_link(office: Office) -> None:
    office.matched()
    office.pass_days(190)
    participant = office.participant.id
    assert office.messages(participant_id=participant)[0] == ("self_evaluation_invitation", "sent")
    office.answer("self", less_isolated="4", own_words="Turene")
    assert office.task("talk") is None
    office.answer("peer_view", together="well", good=MARK, load="much")
    office.answer("caseworker_view", change="better", helps=MARK)
    office.answer("talk", talked_on="2026-08-01", summary="Fint", plan="Videre", next="go_on", internal_note=MARK)
    assert "Turene" in office.press.printed["evaluation_report"]
    assert MARK not in repr(office.press.printed)
    office.pass_days(190)
    invited, reminded = ("self_evaluation_invitation", "sent"), ("reminder", "sent")
    assert office.messages(participant_id=participant) == [invited, invited, reminded], "the second one lies unanswered"


def test_a_death_is_recorded_while_something_else_is_under_way(office: Office) -> None:
    office.matched()
    office.pass_days(190)
    before = office.messages(participant_id=office.participant.id)
    office.begin("death")
    today = office.clock.now().date().isoformat()
    office.answer("recorded", died_on=today, internal_note=MARK, sure=True)
    assert office.match is not None
    assert (office.match.status, office.match.closure_reason) == ("closed", "died")
    assert office.messages(person_id="berit")[-1] == ("case_closed", "sent")
    assert office.messages(person_id="nora")[-1] == ("case_closed", "sent")
    office.pass_days(400)
    assert office.messages(participant_id=office.participant.id) == before
    assert (office.task("self"), office.task("follow_up")) == (None, None)
    assert office.problems() == []


def test_a_death_before_there_was_a_peer_tells_the_primary_contact_alone(office: Office) -> None:
    office.request()
    office.begin("death")
    office.answer("recorded", died_on="2026-01-15", internal_note=None, sure=True)
    assert office.messages()[1:] == [("case_closed", "sent")]
    assert office.messages(person_id="nora")[-1] == ("case_closed", "sent")
    assert office.task("conversation") is None
    assert office.problems() == []


def test_a_new_primary_contact_is_told_and_has_what_nobody_has_opened(office: Office) -> None:
    office.matched()
    office.change_contact("pia")
    assert office.messages(person_id="pia") == [("case_handed_over", "sent")]
    assert (office.inbox_of("pia"), office.inbox_of("nora")) == (["agreement"], [])
    assert office.problems() == []


def test_after_a_death_nothing_is_sent_to_the_participant_and_the_others_are_told(office: Office) -> None:
    office.matched()
    office.pass_days(190)
    participant = office.participant.id
    before = office.messages(participant_id=participant)
    assert before == [("self_evaluation_invitation", "sent")]
    office.close("died")
    assert office.messages(person_id="nora")[-1] == ("case_closed", "sent")
    assert office.messages(person_id="berit")[-1] == ("case_closed", "sent")
    office.pass_days(800)
    assert office.messages(participant_id=participant) == before
    assert office.task("self") is None
    assert office.participant.status == "deceased"
    assert "final_report_draft" not in office.press.printed
    assert office.problems() == []
    with office.rt.database.reading() as session:
        assert all(link.revoked_at for link in session.scalars(select(LinkRow)))
        open_runs = session.scalars(select(RunRow.workflow).where(RunRow.status == "active")).all()
    assert "six_month_evaluation" not in open_runs
