"""What happened to a case is kept, and notes; a long line of time is read from its newest end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from forms_service.storage.base import Instant

revision = "0015"
down_revision = "0014"

AT_A_TIME = 1000
HERE = ZoneInfo("Europe/Oslo")
"""Where dates of matches are turned into moments; all services of this kind are here so far."""

participant = sa.table("participant", sa.column("id"), sa.column("created_at", Instant()))
waiting = sa.table("waiting", sa.column("participant_id"), sa.column("since", Instant()))
match = sa.table(
    "match",
    sa.column("id"),
    sa.column("participant_id"),
    sa.column("created_at", Instant()),
    sa.column("started_on", sa.Date()),
    sa.column("closed_on", sa.Date()),
)


def upgrade() -> None:
    happening = _happening()
    _note()
    op.drop_index("ix_contact_match_id", "contact")
    op.create_index("ix_contact_match_id", "contact", ["match_id", "on"])
    op.create_index("ix_contact_kind", "contact", ["match_id", "kind"])
    op.drop_index("ix_access_participant_id", "access")
    op.create_index("ix_access_participant_id", "access", ["participant_id", "at", "id"])
    op.drop_index("ix_message_run_id", "message")
    op.create_index("ix_message_run_id", "message", ["run_id", "created_at", "id"])
    asked = sa.text("verb = 'ask'")
    op.create_index(
        "ix_step_asked", "step", ["run_id", "finished_at", "status", "id"], sqlite_where=asked, postgresql_where=asked
    )
    _tell_what_is_known(happening)


def _happening() -> sa.Table:
    made = op.create_table(
        "happening",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("match_id", sa.String(), nullable=True),
        sa.Column("at", Instant(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["match_id"], ["match.id"], name=op.f("fk_happening_match_id")),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name=op.f("fk_happening_participant_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_happening_person_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_happening_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_happening")),
    )
    op.create_index("ix_happening_participant_id", "happening", ["participant_id", "at"])
    return made


def _note() -> None:
    op.create_table(
        "note",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("match_id", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=True),
        sa.Column("written_at", Instant(timezone=True), nullable=False),
        sa.Column("struck_at", Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["match_id"], ["match.id"], name=op.f("fk_note_match_id")),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name=op.f("fk_note_participant_id")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_note_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index("ix_note_participant_id", "note", ["participant_id", "written_at"])


def _tell_what_is_known(happening: sa.Table) -> None:
    """Of cases from before: pauses, and when a proposal was withdrawn, nobody has written down."""
    rows = list(_known())
    for first in range(0, len(rows), AT_A_TIME):
        op.bulk_insert(happening, rows[first : first + AT_A_TIME])


def _known() -> Iterator[dict[str, object]]:
    for each in op.get_bind().execute(sa.select(participant)):
        yield _row(each.id, "open_case", each.created_at)
    for each in op.get_bind().execute(sa.select(waiting)):
        yield _row(each.participant_id, "join_waiting_list", each.since)
    for each in op.get_bind().execute(sa.select(match)):
        yield _row(each.participant_id, "propose_match", each.created_at, each.id)
        if each.started_on:
            yield _row(each.participant_id, "open_match", datetime.combine(each.started_on, time.min, HERE), each.id)
        if each.closed_on:
            yield _row(each.participant_id, "close_match", datetime.combine(each.closed_on, time.min, HERE), each.id)


def _row(participant_id: str, kind: str, at: datetime, match_id: str | None = None) -> dict[str, object]:
    return {"participant_id": participant_id, "match_id": match_id, "at": at, "kind": kind}
