"""Fewer indexes to keep for each step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

PARENTS = sa.text("child_run_id IS NOT NULL")


def upgrade() -> None:
    _step()


def _step() -> None:
    """A run's steps are found by (run_id, path, visit) already; few steps wait for another run."""
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_step_run_id"))
        batch_op.drop_index(batch_op.f("ix_step_child_run_id"))
        batch_op.create_index("ix_step_child_run_id", ["child_run_id"], sqlite_where=PARENTS, postgresql_where=PARENTS)
