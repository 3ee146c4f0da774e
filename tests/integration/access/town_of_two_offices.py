"""A town where everything exists once at each of two offices, and once behind ties that have ended.

Liv belongs to Nord and walks with Berit; Aud belongs to Sør and walks with Gunn. Unn was at Sør until he moved to Nord,
walked with Odd until it ended, and had Pia as his contact until that changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.accounts.events import By
from forms_service.accounts.invite import invite
from forms_service.clock import FrozenClock
from forms_service.domain.access import Relation
from forms_service.domain.people import Role, Viewer
from forms_service.engine.deliver import deliver
from forms_service.engine.dispatch import dispatch
from forms_service.engine.drafts.draft import Owner, Place
from forms_service.engine.drafts.save import Writing, save
from forms_service.engine.letter import PATH, account_address_for
from forms_service.engine.links import token_for
from forms_service.engine.process import identity
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor, Subject
from forms_service.engine.submit import start_with_button, start_with_form
from forms_service.engine.work import work
from forms_service.storage.cases import MatchRow, ParticipantRow
from forms_service.storage.outbox import MessageRow
from forms_service.storage.papers import DeliveryRow, DocumentRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import LinkRow, RunRow, StepRow, SubmissionRow
from forms_service.storage.uploads import UploadRow
from tests.integration.casework.town import PEOPLE, Town
from tests.integration.desk.office import COORDINATOR, JOINED, MEETING, Office
from tests.integration.desk.visitor import NearBell

R = Relation
NEWCOMERS = {
    "liv": (Role.PARTICIPANT, None),
    "lise": ("librarian", None),
    "kari": (Role.COORDINATOR, None),
}
"""Somebody in the role of those whom it is about, somebody of another trade, and one whose access is closed."""
CLOSED = "kari"
CONTACT = {"on": "2026-02-02", "kind": "phone", "internal_note": "HEMMELIG notat"}


@dataclass(frozen=True, slots=True)
class Task:
    """A task that waits: whose it is, and about which match it is (empty when it is about none)."""

    id: str
    run_id: str
    role: str
    person_id: str | None
    office_id: str | None
    of_match: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One participant with one of everything; ``ties`` are written down by hand, for the pages find them out."""

    name: str
    ties: Mapping[str, frozenset[Relation]]
    participant_id: str
    match_id: str
    tasks: tuple[Task, ...]
    runs: Mapping[str, str | None]
    """Run → who started it."""
    documents: tuple[DocumentRow, ...]
    delivered: Mapping[str, frozenset[str]]
    """Document → in whose inboxes it lies."""
    submissions: Mapping[str, str | None]
    """Submission → who sent it."""
    upload_of: tuple[str, str]
    """(submission, upload)"""
    draft_id: str
    draft_of: str
    messages: Mapping[str, str]
    """Message → its run."""
    token: str


@dataclass(slots=True)
class World:
    rt: Runtime
    viewers: Mapping[str, Viewer]
    cases: tuple[Case, ...]
    account_token: str


def _tied(**ties: set[Relation]) -> Mapping[str, frozenset[Relation]]:
    return {who: frozenset(found) for who, found in ties.items()}


LIV = _tied(nora={R.OWN_OFFICE, R.PRIMARY_CONTACT}, nils={R.OWN_OFFICE}, berit={R.OWN_MATCH})
AUD = _tied(siri={R.OWN_OFFICE, R.PRIMARY_CONTACT}, gunn={R.OWN_MATCH})
UNN = _tied(nora={R.OWN_OFFICE, R.PRIMARY_CONTACT}, nils={R.OWN_OFFICE})
"""Nothing of what Siri, Odd and Pia once were to him."""


@dataclass(slots=True)
class Builder:
    """Everything happens through the engine, as in the service."""

    rt: Runtime
    town: Town
    clock: FrozenClock
    bell: NearBell
    office: Office = field(init=False)
    numbers: int = 10**9
    """Of forms that are sent; the office counts its own from nothing."""

    def __post_init__(self) -> None:
        self.office = Office(self.rt, self.clock, self.work)

    def work(self) -> None:
        dispatch(self.rt)
        while self.bell.rings:
            rings, self.bell.rings = self.bell.rings, []
            for kind, row_id in rings:
                for message_id in work(self.rt, row_id, identity()) if kind == "step" else (row_id,):
                    deliver(self.rt, message_id, identity())
            dispatch(self.rt)

    def matched(self, name: str, by: str, office_id: str, peer: str, gender: str = "woman") -> tuple[str, str]:
        """(participant, match): a request that has come all the way."""
        self.office.send_request(by=by, office=office_id, participant_name=name, participant_gender=gender)
        self.office.answer("first_conversation", **JOINED)
        participant = self.office.participant(name).id
        self.begin("matching_meeting", Subject("participant", participant))
        self.office.answer("match_proposal", peer=peer, hours_per_week=2, reason="HEMMELIG grunn")
        self.office.answer("matching_meeting", **MEETING)
        with self.rt.database.reading() as db:
            match = db.scalars(select(MatchRow.id).where(MatchRow.participant_id == participant)).one()
        start_with_form(self.rt, "contact_log", self.nonce(), CONTACT, Subject("match", match), Actor(peer, Role.PEER))
        self.work()
        return participant, match

    def begin(self, workflow: str, subject: Subject) -> None:
        start_with_button(self.rt, workflow, self.nonce(), subject, COORDINATOR)
        self.work()

    def nonce(self) -> str:
        self.numbers += 1
        return f"{self.numbers:032x}"

    def case(self, name: str, ties: Mapping[str, frozenset[Relation]], participant: str, match: str) -> Case:
        """Everything there is about one participant, as it lies in the database now."""
        with self.rt.database.writing() as db:
            about = RunRow.subject_id.in_((participant, match))
            runs = {run.id: run for run in db.scalars(select(RunRow).where(about))}
            steps = db.scalars(select(StepRow).where(StepRow.run_id.in_(runs), StepRow.verb == "ask"))
            tasks = tuple(_task(step, runs[step.run_id]) for step in steps if step.status == "waiting")
            sent = db.scalars(select(SubmissionRow).where(SubmissionRow.run_id.in_(runs), SubmissionRow.form != ""))
            submissions = {row.id: row.person_id for row in sent}
            papers = tuple(db.scalars(select(DocumentRow).where(DocumentRow.participant_id == participant)))
            boxes = {
                paper.id: frozenset(
                    db.scalars(select(DeliveryRow.person_id).where(DeliveryRow.document_id == paper.id))
                )
                for paper in papers
            }
            posted = select(MessageRow).where(MessageRow.run_id.in_(runs))
            messages = {row.id: row.run_id or "" for row in db.scalars(posted)}
            in_runs = select(StepRow.id).where(StepRow.run_id.in_(runs))
            link = db.scalars(select(LinkRow.id).where(LinkRow.step_id.in_(in_runs))).first()
            owner = db.get_one(MatchRow, match).peer_id
            return Case(
                name,
                ties,
                participant,
                match,
                tasks,
                {run.id: run.started_by for run in runs.values()},
                papers,
                boxes,
                submissions,
                self._upload(db, participant, runs),
                self._draft(db, owner, match, runs),
                owner,
                messages,
                token_for(self.rt, link) if link else "",
            )

    def _upload(self, db: Session, name: str, runs: Mapping[str, RunRow]) -> tuple[str, str]:
        """A file with the request, sent by whoever sent that."""
        intake = next(run.id for run in runs.values() if run.workflow == "intake")
        sent = db.scalars(select(SubmissionRow.id).where(SubmissionRow.run_id == intake)).first()
        assert sent is not None
        file = UploadRow(
            id=f"file-{name}", owner="", key="", field="wishes", name="fil.pdf", kind="application/pdf", size=4,
            uploaded_at=self.clock.now(), submission_id=sent, content=b"%PDF",
        )  # fmt: skip
        db.add(file)
        return sent, file.id

    def _draft(self, db: Session, owner: str, match: str, runs: Mapping[str, RunRow]) -> str:
        """A contact that whoever walks or walked along has not sent yet."""
        run = next(run for run in runs.values() if run.workflow == "contact_log")
        subject = Subject("match", match)
        place = Place(
            Owner(owner), f"start:contact_log:match:{match}", run.workflow, "contact_entry", run.definition_id, subject
        )
        kept = save(self.rt, db, Writing(place, (("internal_note", "HEMMELIG utkast"),), self.nonce()))
        assert kept.draft is not None
        return kept.draft.id


def _task(step: StepRow, run: RunRow) -> Task:
    return Task(step.id, step.run_id, step.role or "", step.person_id, step.office_id, run.subject_kind == "match")


def build(rt: Runtime, town: Town, clock: FrozenClock, bell: NearBell) -> World:
    builder = Builder(rt, town, clock, bell)
    liv = builder.matched("Liv Strand", "nora", "nord", "berit")
    aud = builder.matched("Aud Berg", "siri", "sor", "gunn")
    unn = builder.matched("Unn Dal", "siri", "sor", "odd", "man")
    builder.begin("closure", Subject("match", unn[1]))
    builder.office.answer("closure", closed_on="2026-01-15", reason="goal_reached", internal_note="HEMMELIG")
    town.change(ParticipantRow, unn[0], office_id="nord", caseworker_id="nora", primary_contact_id="pia")
    town.change(ParticipantRow, unn[0], primary_contact_id="nora")
    builder.office.pass_days(190)
    _move_in(town)
    cases = (
        builder.case("liv", LIV, *liv),
        builder.case("aud", AUD, *aud),
        builder.case("unn", UNN, *unn),
    )
    town.change(PersonRow, "trond", email="trond@alarm.example")
    link_id = invite(rt, "trond", By("astrid"), send=False).link_id
    token = account_address_for(rt, link_id).partition(PATH)[2]
    return World(rt, {key: _viewer(key, *which) for key, which in (PEOPLE | NEWCOMERS).items()}, cases, token)


def _move_in(town: Town) -> None:
    with town.database.writing() as db:
        for key, (role, office) in NEWCOMERS.items():
            db.add(PersonRow(id=key, name=key.capitalize(), role=role, office_id=office, active=True))


def _viewer(key: str, role: str, office: str | None) -> Viewer:
    return Viewer(key, key.capitalize(), role, office)
