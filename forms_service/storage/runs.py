"""Durable runs: published definitions, runs, steps, submissions and events. The protocol is in engine/."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from forms_service.storage.base import Base, new_id


class DefinitionRow(Base):
    """One published version of a workflow with every file it uses; never changed."""

    __tablename__ = "definition"
    __table_args__ = (UniqueConstraint("workflow", "version"), UniqueConstraint("workflow", "sha256"))

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    workflow: Mapped[str]
    version: Mapped[int]
    sha256: Mapped[str]
    files: Mapped[dict[str, Any]]
    published_at: Mapped[datetime]


UNDER_WAY = "status IN ('active', 'paused')"
"""The runs of a version that are not over are counted by an index; a question says this too, in the same words."""


class RunRow(Base):
    """One way through a workflow, on the version it started with."""

    __tablename__ = "run"
    __table_args__ = (
        Index("ix_run_subject", "subject_kind", "subject_id"),
        Index("ix_run_status_started", "status", "started_at", "id"),
        Index("ix_run_workflow", "workflow", "started_at", "id"),
        Index("ix_run_started_at", "started_at", "id"),
        Index(
            "ix_run_parent_step_id",
            "parent_step_id",
            sqlite_where=text("parent_step_id IS NOT NULL"),
            postgresql_where=text("parent_step_id IS NOT NULL"),
        ),
        Index(
            "ix_run_under_way",
            "definition_id",
            sqlite_where=text(UNDER_WAY),
            postgresql_where=text(UNDER_WAY),
        ),
        Index("ix_run_started_by", "started_by", "started_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    definition_id: Mapped[str] = mapped_column(ForeignKey("definition.id"))
    workflow: Mapped[str]
    start_key: Mapped[str] = mapped_column(unique=True)
    """What makes a second start the same start: the form's nonce, or the parent's step and round."""
    subject_kind: Mapped[str] = mapped_column(default="")
    subject_id: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default="active")
    """active, paused, ended, cancelled."""
    outcome: Mapped[str] = mapped_column(default="")
    parent_step_id: Mapped[str | None]
    round: Mapped[int | None]
    """Which time a repeating workflow comes back; None for others and for the series itself."""
    started_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    paused_by_itself: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The workflow's own ``while`` has paused it, and takes it on again; a person's pause is ended by a person."""
    paused_seconds: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """How long its clock has stood still in all, for dates that are counted from an anchor."""
    last_event: Mapped[int] = mapped_column(default=0)


FOR_MACHINES = "status IN ('ready', 'running')"
"""SQLite uses the index of such steps only where a question says this too, in the same words."""

FOR_PEOPLE = "status = 'waiting'"
"""The same for what people have to do; the lists come in the order of their due dates without being sorted."""

ASKED = "verb = 'ask'"
"""The same for what people have answered."""


class StepRow(Base):
    """Queue, timer and human task in one table; see engine/ for how a row moves."""

    __tablename__ = "step"
    __table_args__ = (
        UniqueConstraint("run_id", "path", "visit"),
        Index(
            "ix_step_due",
            "status",
            "due_at",
            sqlite_where=text(FOR_MACHINES),
            postgresql_where=text(FOR_MACHINES),
        ),
        Index(
            "ix_step_child_run_id",
            "child_run_id",
            sqlite_where=text("child_run_id IS NOT NULL"),
            postgresql_where=text("child_run_id IS NOT NULL"),
        ),
        Index(
            "ix_step_tasks_of_role",
            "role",
            "late_at",
            "created_at",
            "id",
            sqlite_where=text(FOR_PEOPLE),
            postgresql_where=text(FOR_PEOPLE),
        ),
        Index(
            "ix_step_tasks_of_person",
            "person_id",
            "late_at",
            "created_at",
            "id",
            sqlite_where=text(f"{FOR_PEOPLE} AND person_id IS NOT NULL"),
            postgresql_where=text(f"{FOR_PEOPLE} AND person_id IS NOT NULL"),
        ),
        Index(
            "ix_step_stopped",
            "due_at",
            "id",
            sqlite_where=text("status = 'incident'"),
            postgresql_where=text("status = 'incident'"),
        ),
        Index(
            "ix_step_asked",
            "run_id",
            "finished_at",
            "status",
            "id",
            sqlite_where=text(ASKED),
            postgresql_where=text(ASKED),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    run_id: Mapped[str] = mapped_column(ForeignKey("run.id"))
    path: Mapped[str]
    visit: Mapped[int] = mapped_column(default=1)
    verb: Mapped[str]
    status: Mapped[str]
    """waiting (for a person, for lanes or another run), ready (from due_at on), paused (ready again when the run is),
    running, done, failed (and gone round by ``failed:``), skipped (by a person), cancelled, incident."""
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    attempt: Mapped[int] = mapped_column(default=0)
    token: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    claimed_by: Mapped[str | None]
    """The process that holds the lease, see engine.process."""
    dispatch_no: Mapped[int] = mapped_column(default=0)
    dispatched_at: Mapped[datetime | None]
    input: Mapped[dict[str, Any]] = mapped_column(default=dict)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    problem: Mapped[str] = mapped_column(default="")
    """The code of the error that made this an incident, and what it concerns; never personal data."""
    finished_at: Mapped[datetime | None]
    child_run_id: Mapped[str | None]
    """The run that this step waits for."""

    role: Mapped[str | None]
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    office_id: Mapped[str | None] = mapped_column(ForeignKey("office.id"))
    form: Mapped[str | None]
    title: Mapped[str | None]
    late_at: Mapped[datetime | None]
    """When a human task is late; due_at is when a machine may take a step."""


class SubmissionRow(Base):
    """What somebody sent: the answers, with the form's version, exactly once per nonce."""

    __tablename__ = "submission"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    nonce: Mapped[str] = mapped_column(unique=True)
    form: Mapped[str]
    definition_id: Mapped[str] = mapped_column(ForeignKey("definition.id"))
    """The version whose questions were answered; the run may have been moved to another since."""
    digest: Mapped[str]
    """SHA-256 of the answers, to tell a second press from a second request."""
    answers: Mapped[dict[str, Any]]
    run_id: Mapped[str] = mapped_column(ForeignKey("run.id"), index=True)
    step_id: Mapped[str | None] = mapped_column(ForeignKey("step.id"), unique=True)
    """The task it answers; None for the form that started the run."""
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    via: Mapped[str]
    """signed_in, link, assisted or paper, as engine.service.Actor says it."""
    received_at: Mapped[datetime]


class EventRow(Base):
    """What happened in a run, numbered without gaps; only added to."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("run_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("run.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    kind: Mapped[str]
    path: Mapped[str] = mapped_column(default="")
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Codes and ids only."""


class LinkRow(Base):
    """A one-time way into one task for somebody without an account; its address is this id, signed."""

    __tablename__ = "link"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    step_id: Mapped[str] = mapped_column(ForeignKey("step.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class WorkerRow(Base):
    """A worker or a poller that lives or has lived: written by its heart, a few times a minute."""

    __tablename__ = "worker"

    id: Mapped[str] = mapped_column(primary_key=True)
    """host:pid:start"""
    kind: Mapped[str] = mapped_column(default="worker", server_default="worker")
    """A value of engine.heartbeat.Kind."""
    began_at: Mapped[datetime | None]
    seen_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    """When it ended as it was asked to; None for one that lives, and for one that was killed."""
    step_id: Mapped[str | None]
    """What it was at when it was last seen, and since when. Short steps are over before anybody writes them down."""
    busy_since: Mapped[datetime | None]


class CounterRow(Base):
    """Numbers that are given out once: document numbers and case numbers per year."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]
