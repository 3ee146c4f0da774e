"""What processes are alive, what stands still, and one look a day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    _digest()
    _run()
    _step()
    _worker()


def _digest() -> None:
    op.create_table(
        "digest",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_digest")),
    )


def _run() -> None:
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.create_index(
            "ix_run_under_way",
            ["definition_id"],
            unique=False,
            sqlite_where=sa.text("status IN ('active', 'paused')"),
            postgresql_where=sa.text("status IN ('active', 'paused')"),
        )


def _step() -> None:
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.create_index(
            "ix_step_stopped",
            ["due_at", "id"],
            unique=False,
            sqlite_where=sa.text("status = 'incident'"),
            postgresql_where=sa.text("status = 'incident'"),
        )


def _worker() -> None:
    with op.batch_alter_table("worker", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(), server_default="worker", nullable=False))
        batch_op.add_column(sa.Column("began_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("step_id", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("busy_since", sa.DateTime(timezone=True), nullable=True))
