"""Pauses, absences and records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _record()
    _person()
    _run()
    _step()


def _record() -> None:
    op.create_table(
        "record",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record")),
    )
    with op.batch_alter_table("record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_record_kind"), ["kind"], unique=False)


def _person() -> None:
    op.add_column("person", sa.Column("away_from", sa.Date(), nullable=True))
    op.add_column("person", sa.Column("away_until", sa.Date(), nullable=True))


def _run() -> None:
    """Column by column: on SQLite a batch would make the table anew, and take all steps with the old one."""
    op.add_column("run", sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("run", sa.Column("paused_by_itself", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("run", sa.Column("paused_seconds", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.drop_index(op.f("ix_run_status"), "run")
    op.create_index("ix_run_status_started", "run", ["status", "started_at"], unique=False)


def _step() -> None:
    op.add_column("step", sa.Column("child_run_id", sa.String(), nullable=True))
    op.create_index(op.f("ix_step_child_run_id"), "step", ["child_run_id"], unique=False)
