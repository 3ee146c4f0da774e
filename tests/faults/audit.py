"""The auditor: looks at a database and a mail server after a fault, and says everything that is not as promised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forms_service.storage.base import Base
from forms_service.storage.database import Database
from forms_service.storage.outbox import MessageRow
from forms_service.storage.papers import DocumentRow
from forms_service.storage.runs import CounterRow, EventRow, RunRow, StepRow, SubmissionRow
from tests.faults.stories import Story, difference, stories_in

HANDED_OVER = {"sent", "unknown"}
UNDER_WAY = {"created", "sending"}
OPEN = {"waiting", "ready", "running", "paused"}


class Kind(StrEnum):
    """What a violation means to the people who trusted the service."""

    LOST = "lost"
    TWICE = "twice"
    GAP = "event gap"
    HIDDEN = "hidden"
    LEASE = "lease"
    ORPHAN = "orphan"


@dataclass(frozen=True, slots=True)
class Violation:
    kind: Kind
    words: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.words}"


@dataclass(frozen=True, slots=True)
class Claimed:
    """What must be true beside the database: letters received by Message-ID, and what had to happen."""

    now: datetime
    received: Counter[str] | None = None
    """None: nobody looked into the mailbox."""
    expected: Mapping[str, Story] | None = None
    """How each run must have gone; None: nobody knows."""
    submitted: Sequence[str] = ()
    """Nonces that somebody was told are in safe hands."""
    sent_again: frozenset[str] = field(default_factory=frozenset)
    """Message-IDs that a person has sent again on purpose."""
    at_rest: bool = True
    """Nothing is under way any more: whatever is open and due has been forgotten."""


Check = Callable[[Session, Claimed], Iterator[Violation]]


def audit(database: Database, claimed: Claimed) -> list[Violation]:
    """Every violation there is; an empty list is what was promised."""
    with database.reading() as session:
        return [violation for check in CHECKS for violation in check(session, claimed)]


def unknown_letters(database: Database) -> int:
    """Letters about which the service says openly that it does not know."""
    with database.reading() as session:
        return session.scalar(select(func.count()).where(MessageRow.status == "unknown")) or 0


def stories_are_as_expected(session: Session, claimed: Claimed) -> Iterator[Violation]:
    if claimed.expected is None:
        return
    found = stories_in(session)
    for name in claimed.expected.keys() - found.keys():
        yield Violation(Kind.LOST, f"{name} never began")
    for name in found.keys() - claimed.expected.keys():
        yield Violation(Kind.TWICE, f"{name} began, and should not have")
    for name in claimed.expected.keys() & found.keys():
        for words in difference(name, claimed.expected[name], found[name]):
            yield Violation(Kind.TWICE if "too often" in words else Kind.LOST, words)


def submissions_are_kept_once(session: Session, claimed: Claimed) -> Iterator[Violation]:
    kept = Counter(session.scalars(select(SubmissionRow.nonce)))
    for nonce in claimed.submitted:
        if kept[nonce] != 1:
            yield Violation(Kind.TWICE if kept[nonce] else Kind.LOST, f"submission {nonce} is kept {kept[nonce]} times")
    for key, times in Counter(session.scalars(select(RunRow.start_key))).items():
        if times > 1:
            yield Violation(Kind.TWICE, f"{times} runs have the start key {key}")
    for nonce, times in kept.items():
        if times > 1:
            yield Violation(Kind.TWICE, f"{times} submissions have the nonce {nonce}")


def steps_are_done_once(session: Session, claimed: Claimed) -> Iterator[Violation]:
    places = select(StepRow.run_id, StepRow.path, StepRow.visit).where(StepRow.status == "done")
    for place, times in Counter(map(tuple, session.execute(places))).items():
        if times > 1:
            yield Violation(Kind.TWICE, f"step {place} is done {times} times")
    said = select(EventRow.run_id, EventRow.kind).where(EventRow.kind.in_(("run_started", "run_ended")))
    for event, times in Counter(map(tuple, session.execute(said))).items():
        if times > 1:
            yield Violation(Kind.TWICE, f"event {event} is recorded {times} times")


def moves_are_made_once(session: Session, claimed: Claimed) -> Iterator[Violation]:
    made = sum(session.scalars(select(CounterRow.value).where(CounterRow.name.startswith("moves:"))))
    done = session.scalar(select(func.count()).where(StepRow.verb == "do", StepRow.status == "done")) or 0
    if made != done:
        yield Violation(Kind.TWICE if made > done else Kind.LOST, f"{made} moves were made in {done} steps")


def every_document_has_one_step(session: Session, claimed: Claimed) -> Iterator[Violation]:
    papers = Counter(session.scalars(select(DocumentRow.step_id)))
    made = set(session.scalars(select(StepRow.id).where(StepRow.verb == "make", StepRow.status == "done")))
    for step_id in made | papers.keys():
        times = papers[step_id]
        if times == 0:
            yield Violation(Kind.LOST, f"step {step_id} is done and has no document")
        if times > 1:
            yield Violation(Kind.TWICE, f"step {step_id} has {times} documents")
        if step_id not in made:
            yield Violation(Kind.TWICE, f"step {step_id} has a document and is not done")
    for number, times in Counter(session.scalars(select(DocumentRow.number))).items():
        if times > 1:
            yield Violation(Kind.TWICE, f"{times} documents have the number {number}")


def letters_are_as_they_say(session: Session, claimed: Claimed) -> Iterator[Violation]:
    rows = list(session.scalars(select(MessageRow)))
    for place, times in Counter((row.step_id, row.key) for row in rows).items():
        if times > 1:
            yield Violation(Kind.TWICE, f"{times} letters were written for {place}")
    for row in rows:
        if claimed.at_rest and row.status in UNDER_WAY:
            yield Violation(Kind.LOST, f"letter {row.message_id} is still {row.status}")
        if row.status == "sending" and (row.lease_until is None or row.lease_until < claimed.now):
            yield Violation(Kind.LEASE, f"letter {row.message_id} is being sent by nobody")
    if claimed.received is not None:
        yield from _received(rows, claimed.received, claimed)


def _received(rows: Iterable[MessageRow], received: Counter[str], claimed: Claimed) -> Iterator[Violation]:
    known = {row.message_id: row.status for row in rows}
    for message_id, times in received.items():
        if times > 1 and message_id not in claimed.sent_again:
            yield Violation(Kind.TWICE, f"letter {message_id} was received {times} times")
        if message_id not in known:
            yield Violation(Kind.ORPHAN, f"letter {message_id} was received, and nobody wrote it")
        elif claimed.at_rest and known[message_id] not in HANDED_OVER:
            yield Violation(Kind.HIDDEN, f"letter {message_id} was received and is called {known[message_id]}")
    for message_id, status in known.items():
        if status == "sent" and not received[message_id]:
            yield Violation(Kind.LOST, f"letter {message_id} is called sent and was not received")


def done_sendings_have_a_letter(session: Session, claimed: Claimed) -> Iterator[Violation]:
    written = set(session.scalars(select(MessageRow.step_id)))
    for row in session.scalars(select(StepRow).where(StepRow.verb == "send", StepRow.status == "done")):
        if row.result.get("notified") and row.id not in written:
            yield Violation(Kind.LOST, f"{row.path} says that a letter was written, and there is none")


def events_have_no_gap(session: Session, claimed: Claimed) -> Iterator[Violation]:
    numbers: dict[str, list[int]] = {}
    for run_id, number in session.execute(select(EventRow.run_id, EventRow.number).order_by(EventRow.number)):
        numbers.setdefault(run_id, []).append(number)
    for run_id, last in session.execute(select(RunRow.id, RunRow.last_event)):
        if numbers.get(run_id, []) != list(range(1, last + 1)):
            yield Violation(Kind.GAP, f"run {run_id} has the events {numbers.get(run_id, [])} and counts {last}")


def nobody_holds_a_step_without_a_lease(session: Session, claimed: Claimed) -> Iterator[Violation]:
    for row in session.scalars(select(StepRow)):
        if row.status != "running":
            if row.token is not None:
                yield Violation(Kind.LEASE, f"{row.path} is {row.status} and still has a token")
            continue
        if not row.token or not row.claimed_by or row.lease_until is None or row.lease_until < claimed.now:
            yield Violation(Kind.LEASE, f"{row.path} runs without a lease")
        if claimed.at_rest:
            yield Violation(Kind.LOST, f"{row.path} is still running")


def what_is_over_is_over(session: Session, claimed: Claimed) -> Iterator[Violation]:
    """A run that has ended has nothing open; what is due at rest has been forgotten."""
    for row, run in session.execute(select(StepRow, RunRow).join(RunRow, RunRow.id == StepRow.run_id)):
        if row.status not in OPEN:
            continue
        if run.status in {"ended", "cancelled"} and not row.path.partition("/")[2]:
            yield Violation(Kind.LOST, f"{row.path} is {row.status} in a run that is {run.status}")
        if claimed.at_rest and row.status == "ready" and row.due_at <= claimed.now and run.status == "active":
            yield Violation(Kind.LOST, f"{row.path} is due, and nobody takes it")


def active_runs_can_go_on(session: Session, claimed: Claimed) -> Iterator[Violation]:
    """Something is open in every run that has not ended, so that somebody or some moment can take it on."""
    going = set(session.scalars(select(StepRow.run_id).where(StepRow.status.in_([*OPEN, "incident"]))))
    for run_id in session.scalars(select(RunRow.id).where(RunRow.status.in_(("active", "paused")))):
        if run_id not in going:
            yield Violation(Kind.LOST, f"run {run_id} has not ended, and nothing is open in it")


def nothing_hangs_in_the_air(session: Session, claimed: Claimed) -> Iterator[Violation]:
    """Every foreign key leads somewhere, whether or not the database looks after that."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            parents = select(key.column)
            lost = select(func.count()).select_from(table).where(key.parent.is_not(None), key.parent.not_in(parents))
            if count := session.scalar(lost):
                yield Violation(Kind.ORPHAN, f"{count} rows of {table.name} lack their {key.parent.name}")


CHECKS: tuple[Check, ...] = (
    stories_are_as_expected,
    submissions_are_kept_once,
    steps_are_done_once,
    moves_are_made_once,
    every_document_has_one_step,
    letters_are_as_they_say,
    done_sendings_have_a_letter,
    events_have_no_gap,
    nobody_holds_a_step_without_a_lease,
    what_is_over_is_over,
    active_runs_can_go_on,
    nothing_hangs_in_the_air,
)
