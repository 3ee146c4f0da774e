"""A submission holds the version whose questions were answered, whatever its run is moved to later."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

submission = sa.table("submission", *map(sa.column, ("run_id", "received_at", "definition_id")))
run = sa.table("run", *map(sa.column, ("id", "workflow", "definition_id")))
event = sa.table(
    "event",
    sa.column("run_id"),
    sa.column("at"),
    sa.column("number"),
    sa.column("kind"),
    sa.column("detail", sa.JSON),
)
definition = sa.table("definition", *map(sa.column, ("id", "workflow", "version")))


def upgrade() -> None:
    op.add_column("submission", sa.Column("definition_id", sa.String(), nullable=True))
    _from_the_runs()
    _from_before_they_were_moved()
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.alter_column("definition_id", existing_type=sa.String(), nullable=False)
        batch_op.create_foreign_key(batch_op.f("fk_submission_definition_id"), "definition", ["definition_id"], ["id"])


def _from_the_runs() -> None:
    of_its_run = sa.select(run.c.definition_id).where(run.c.id == submission.c.run_id).scalar_subquery()
    op.execute(submission.update().values(definition_id=of_its_run))


def _from_before_they_were_moved() -> None:
    """A run's history tells each version that it was on; the oldest move is done last and has the last word."""
    moves = sa.select(event.c.run_id, event.c.at, event.c.detail, run.c.workflow)
    moves = moves.join(run, run.c.id == event.c.run_id).where(event.c.kind == "moved")
    for move in op.get_bind().execute(moves.order_by(event.c.run_id, event.c.number.desc())).all():
        old = sa.select(definition.c.id).where(
            definition.c.workflow == move.workflow, definition.c.version == int(move.detail["old"])
        )
        before = (submission.c.run_id == move.run_id) & (submission.c.received_at < move.at)
        op.execute(submission.update().where(before).values(definition_id=old.scalar_subquery()))
