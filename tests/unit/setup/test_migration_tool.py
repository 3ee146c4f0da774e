from __future__ import annotations

from tools.migration import split

TWO = '''"""Add."""
import sqlalchemy as sa
from alembic import op
revision = "0002"

def upgrade() -> None:
    op.create_table("room", sa.Column("id", sa.String()))
    with op.batch_alter_table("room") as batch:
        batch.create_index("ix", ["id"])
    op.add_column("person", sa.Column("room", sa.String()))
'''


def test_a_migration_gets_one_function_a_table():
    made: dict[str, object] = {}
    source = split(TWO)
    exec(source, made)
    assert [name for name in made if name.startswith("_") and not name.startswith("__")] == ["_room", "_person"]
    assert source.index("create_index") < source.index("def _person")
    assert made["revision"] == "0002"


def test_a_table_that_comes_up_again_later_keeps_its_order():
    again = TWO + '    op.drop_column("room", "id")\n'
    assert split(again) == again
