"""Lines of the access log are sealed, and the database itself refuses to change or delete one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

KEPT = ("at", "person_id", "role", "office_id", "participant_id", "what", "object_id", "reason")
"""A line never changes; that a seal is put on it once is all that may happen to it."""

SQLITE_CHANGED = " OR ".join(["OLD.seal IS NOT NULL", *(f"OLD.{name} IS NOT NEW.{name}" for name in ("id", *KEPT))])
POSTGRESQL_CHANGED = " OR ".join(
    ["OLD.seal IS NOT NULL", *(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in ("id", *KEPT))]
)
REFUSAL = "the access log is only added to"

SQLITE = (
    (
        f"CREATE TRIGGER access_never_changes BEFORE UPDATE ON access WHEN {SQLITE_CHANGED}"
        f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    ),
    f"CREATE TRIGGER access_never_goes BEFORE DELETE ON access BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER seal_never_changes BEFORE UPDATE ON access_seal BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER seal_never_goes BEFORE DELETE ON access_seal BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
)
POSTGRESQL = (
    (
        "CREATE FUNCTION access_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    ),
    (
        f"CREATE TRIGGER access_never_changes BEFORE UPDATE ON access FOR EACH ROW WHEN ({POSTGRESQL_CHANGED})"
        " EXECUTE FUNCTION access_is_only_added_to()"
    ),
    "CREATE TRIGGER access_never_goes BEFORE DELETE ON access FOR EACH ROW EXECUTE FUNCTION access_is_only_added_to()",
    "CREATE TRIGGER access_is_never_emptied BEFORE TRUNCATE ON access EXECUTE FUNCTION access_is_only_added_to()",
    (
        "CREATE TRIGGER seal_never_changes BEFORE UPDATE OR DELETE ON access_seal FOR EACH ROW"
        " EXECUTE FUNCTION access_is_only_added_to()"
    ),
    "CREATE TRIGGER seals_are_never_emptied BEFORE TRUNCATE ON access_seal EXECUTE FUNCTION access_is_only_added_to()",
)


def upgrade() -> None:
    op.create_table(
        "access_seal",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_access_seal")),
    )
    op.add_column("access", sa.Column("seal", sa.Integer(), nullable=True))
    op.create_index("ix_access_seal", "access", ["seal"])
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
