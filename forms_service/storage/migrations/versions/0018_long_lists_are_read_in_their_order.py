"""Long lists are read in their order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    _message()
    _participant()
    _run()


def _message() -> None:
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index("ix_message_created_at", ["created_at", "id"], unique=False)


def _participant() -> None:
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participant_office_id"))
        batch_op.create_index("ix_participant_office_id", ["office_id", "created_at", "id"], unique=False)
        batch_op.drop_index(batch_op.f("ix_participant_status"))
        batch_op.create_index("ix_participant_status", ["status", "created_at", "id"], unique=False)


def _run() -> None:
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_run_status_started"))
        batch_op.create_index("ix_run_status_started", ["status", "started_at", "id"], unique=False)
        batch_op.drop_index(batch_op.f("ix_run_workflow"))
        batch_op.create_index("ix_run_workflow", ["workflow", "started_at", "id"], unique=False)
        batch_op.create_index(
            "ix_run_parent_step_id",
            ["parent_step_id"],
            unique=False,
            sqlite_where=sa.text("parent_step_id IS NOT NULL"),
            postgresql_where=sa.text("parent_step_id IS NOT NULL"),
        )
        batch_op.create_index("ix_run_started_at", ["started_at", "id"], unique=False)
