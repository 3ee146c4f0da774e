"""Write the next migration from what the tables look like now: ``python -m tools.migration "What changes."``.

``--initial`` writes the first one anew, which is right only as long as nothing has been released.
"""

from __future__ import annotations

import ast
import itertools
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

from alembic import command

from forms_service.storage.database import open_database
from forms_service.storage.migrate import MIGRATIONS, alembic_config, newest, prepare

VERSIONS = MIGRATIONS / "versions"
INITIAL = "First tables."


def write(message: str, number: str) -> Path:
    """Compare a database at the newest version with the tables in Python, and write the difference."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{folder}/now.db")
        if number != "0001":
            prepare(database)
        with database.engine.begin() as connection:
            config = alembic_config(connection)
            config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
            command.revision(config, message, autogenerate=True, rev_id=number)
        database.close()
    (path,) = VERSIONS.glob(f"{number}_*.py")
    path.write_text(split(path.read_text(encoding="utf-8")), encoding="utf-8")
    return path


def split(source: str) -> str:
    """One function a table: the generator writes everything into one. A table that comes up twice stays as it was."""
    tree = ast.parse(source)
    (upgrade,) = (node for node in tree.body if isinstance(node, ast.FunctionDef))
    parts = [(name, list(group)) for name, group in itertools.groupby(upgrade.body, table_of)]
    if len({name for name, _ in parts}) < len(parts):
        return source
    head = ast.unparse(ast.Module([node for node in tree.body if node is not upgrade], []))
    functions = [function(name, body) for name, body in parts]
    calls = "\n".join(f"    {name}()" for name, _ in parts)
    return "\n\n\n".join([head, f"def upgrade() -> None:\n{calls}", *functions]) + "\n"


def table_of(statement: ast.stmt) -> str:
    """``op.create_table("person", …)`` and ``with op.batch_alter_table("person")`` are about person."""
    call = next(node for node in ast.walk(statement) if isinstance(node, ast.Call) and node.args)
    name = call.args[0]
    return f"_{name.value}" if isinstance(name, ast.Constant) and isinstance(name.value, str) else "_other"


def function(name: str, body: list[ast.stmt]) -> str:
    return f"def {name}() -> None:\n" + textwrap.indent("\n".join(ast.unparse(part) for part in body), "    ")


def tidy(path: Path) -> None:
    """The house style holds here too."""
    subprocess.run([sys.executable, "-m", "ruff", "check", "--quiet", "--select=I", "--fix", str(path)], check=True)
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", str(path)], check=True)


def begin_anew() -> Path:
    for path in VERSIONS.glob("[0-9]*_*.py"):
        path.unlink()
    return write(INITIAL, "0001")


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__)
        return 2
    path = begin_anew() if arguments == ["--initial"] else write(arguments[0], f"{int(newest()) + 1:04}")
    tidy(path)
    print(path.relative_to(Path.cwd()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
