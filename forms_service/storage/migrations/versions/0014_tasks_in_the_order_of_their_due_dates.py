"""Tasks come in the order of their due dates without being sorted, and what somebody has begun is found at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

WAITING = "status = 'waiting'"
OF_SOMEBODY = f"{WAITING} AND person_id IS NOT NULL"


def upgrade() -> None:
    op.drop_index("ix_step_tasks", table_name="step")
    _index("ix_step_tasks_of_role", "role", WAITING)
    _index("ix_step_tasks_of_person", "person_id", OF_SOMEBODY)
    op.create_index("ix_run_started_by", "run", ["started_by", "started_at"])


def _index(name: str, whose: str, where: str) -> None:
    columns = [whose, "late_at", "created_at", "id"]
    op.create_index(name, "step", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
