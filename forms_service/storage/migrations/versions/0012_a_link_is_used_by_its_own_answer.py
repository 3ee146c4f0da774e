"""Only the link by which an answer came is used; those of tasks that were answered otherwise have ended with them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

link = sa.table("link", *map(sa.column, ("step_id", "used_at", "revoked_at")))
submission = sa.table("submission", *map(sa.column, ("step_id", "via")))


def upgrade() -> None:
    by_link = sa.select(submission.c.step_id).where(submission.c.via == "link", submission.c.step_id.is_not(None))
    other = link.c.used_at.is_not(None) & link.c.step_id.not_in(by_link)
    op.execute(
        link.update().where(other).values(revoked_at=sa.func.coalesce(link.c.revoked_at, link.c.used_at), used_at=None)
    )
