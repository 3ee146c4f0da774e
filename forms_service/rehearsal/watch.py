"""Reads what has happened from the rows that the engine has written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.engine.edition import Edition
from forms_service.engine.held import is_held_task
from forms_service.engine.path import base_of, step_of
from forms_service.engine.runtime import Runtime
from forms_service.language.definitions import Do, Send
from forms_service.rehearsal.happening import Happening, What
from forms_service.rehearsal.stage import KeptPost
from forms_service.storage.outbox import MessageRow
from forms_service.storage.papers import DocumentRow
from forms_service.storage.runs import EventRow, RunRow, StepRow

REMINDS = "remind"
"""How the keys of reminders begin."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One event with the rows around it; ``row`` is the newest of its path."""

    session: Session
    event: EventRow
    run: RunRow
    row: StepRow | None
    edition: Edition
    happening: Happening
    """When and where; whoever knows the event says what."""


@dataclass(slots=True)
class Watch:
    """Tells each thing once. ``hidden`` is a workflow that only the rehearsal knows."""

    rt: Runtime
    post: KeptPost
    hidden: str
    last: int = 0
    told: list[Happening] = field(default_factory=list)

    def look(self) -> None:
        """Add what is new: events in the order of the engine, then the messages that went out after them."""
        with self.rt.database.reading() as session:
            events = session.scalars(select(EventRow).where(EventRow.id > self.last).order_by(EventRow.id)).all()
            self.last = events[-1].id if events else self.last
            self.told.extend(_in_order(each for event in events for each in self._of_event(session, event)))
            kept, self.post.kept = self.post.kept, []
            self.told.extend(self._of_message(session, envelope.message_id) for envelope in kept)

    def _of_event(self, session: Session, event: EventRow) -> Iterator[Happening]:
        run = session.get_one(RunRow, event.run_id)
        tell = TELL.get(event.kind)
        if tell is None or run.workflow == self.hidden:
            return
        row = session.scalars(
            select(StepRow).where(StepRow.run_id == run.id, StepRow.path == event.path).order_by(StepRow.visit.desc())
        ).first()
        edition = self.rt.library.of(session, run.definition_id)
        where = event.path if is_held_task(event.path) else base_of(event.path)
        happening = Happening(self._local(event.at), What.START, run.workflow, where, round=run.round)
        yield from tell(Scene(session, event, run, row, edition, happening), self._local)

    def _of_message(self, session: Session, message_id: str) -> Happening:
        row = session.scalars(select(MessageRow).where(MessageRow.message_id == message_id)).one()
        run, step = session.get_one(RunRow, row.run_id), session.get_one(StepRow, row.step_id)
        what = What.REMINDER if row.key.startswith(REMINDS) else What.MESSAGE
        at = self._local(row.sent_at or row.created_at)
        return Happening(at, what, run.workflow, base_of(step.path), row.address, row.message, round=run.round)

    def _local(self, instant: datetime) -> datetime:
        return instant.astimezone(self.rt.zone)


def _in_order(happenings: Iterable[Happening]) -> Iterator[Happening]:
    """What happens to several runs at once, such as a pause, comes from the engine in no order of its own."""
    for _, alike in groupby(happenings, key=lambda each: (each.at, each.what)):
        yield from sorted(alike, key=lambda each: (each.workflow, -1 if each.round is None else each.round))


Local = Callable[[datetime], datetime]
Tell = Callable[[Scene, Local], Iterator[Happening]]


def _started(scene: Scene, local: Local) -> Iterator[Happening]:
    yield scene.happening if scene.run.round is None else replace(scene.happening, what=What.ROUND)


def _task(scene: Scene, local: Local) -> Iterator[Happening]:
    """A person's step waits; lanes, lists and other runs that are waited for say so themselves."""
    row = scene.row
    if row is not None and row.verb == "ask":
        due = local(row.late_at) if row.late_at else None
        text = f"{row.title}; asked again, {row.problem}" if row.problem else row.title or ""
        yield replace(scene.happening, what=What.TASK, who=row.role or "", due=due, text=text)


def _answered(scene: Scene, local: Local) -> Iterator[Happening]:
    yield replace(scene.happening, what=What.ANSWER, who=(scene.row and scene.row.role) or "")


def _done(scene: Scene, local: Local) -> Iterator[Happening]:
    if scene.row is not None and scene.row.verb in DONE:
        yield from DONE[scene.row.verb](scene, local)


def _document(scene: Scene, local: Local) -> Iterator[Happening]:
    assert scene.row is not None
    made = select(DocumentRow).where(DocumentRow.step_id == scene.row.id)
    for document in scene.session.scalars(made):
        text = f"{document.name} {document.number}, {document.title}"
        yield replace(scene.happening, what=What.DOCUMENT, text=text)


def _moved(scene: Scene, local: Local) -> Iterator[Happening]:
    step = scene.edition.plan.steps[step_of(scene.event.path)]
    yield replace(scene.happening, what=What.MOVE, text=step.move if isinstance(step, Do) else "")


def _waited(scene: Scene, local: Local) -> Iterator[Happening]:
    yield replace(scene.happening, what=What.WAITED)


def _sent(scene: Scene, local: Local) -> Iterator[Happening]:
    """What goes out is told as a message; here is told what does not."""
    step = scene.edition.plan.steps[step_of(scene.event.path)]
    assert scene.row is not None
    if isinstance(step, Send) and scene.row.result.get("notified") is False:
        yield replace(scene.happening, what=What.WITHHELD, who=step.to, text=f"{step.message}, no address")


def _delivered(scene: Scene, local: Local) -> Iterator[Happening]:
    step = scene.edition.plan.steps[step_of(scene.event.path)]
    document = scene.session.get(DocumentRow, scene.event.detail.get("document"))
    who = step.to if isinstance(step, Send) else ""
    yield replace(scene.happening, what=What.DELIVERED, who=who, text=document.name if document else "")


def _late(scene: Scene, local: Local) -> Iterator[Happening]:
    yield replace(scene.happening, what=What.LATE, who=(scene.row and scene.row.role) or "")


def _with(what: What, detail: str = "") -> Tell:
    """Something that needs no more words than one of the event's own."""

    def tell(scene: Scene, local: Local) -> Iterator[Happening]:
        yield replace(scene.happening, what=what, text=str(scene.event.detail.get(detail, "")))

    return tell


def _left_out(scene: Scene, local: Local) -> Iterator[Happening]:
    yield replace(scene.happening, what=What.SKIPPED, step="", text=f"round {scene.event.detail.get('round')}")


DONE: Mapping[str, Tell] = {"make": _document, "do": _moved, "wait": _waited, "send": _sent}
TELL: Mapping[str, Tell] = {
    "run_started": _started,
    "waiting": _task,
    "held": _task,
    "answered": _answered,
    "done": _done,
    "delivered": _delivered,
    "late": _late,
    "message_withheld": _with(What.WITHHELD, "problem"),
    "round_skipped": _left_out,
    "round_missed": _left_out,
    "run_paused": _with(What.PAUSE),
    "run_resumed": _with(What.RESUME),
    "failed": _with(What.FAILED, "problem"),
    "incident": _with(What.INCIDENT, "problem"),
    "run_cancelled": _with(What.CANCELLED, "outcome"),
    "run_ended": _with(What.END, "outcome"),
}
"""The engine's events that a rehearsal tells of."""
