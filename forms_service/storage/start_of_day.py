"""A date among instants: the first moment of the day in UTC, for one order of both kinds."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from forms_service.storage.base import Instant


class start_of_day(FunctionElement[Any]):  # noqa: N801 - it reads like a function of SQL
    """``start_of_day(ContactRow.on)``. East of Greenwich it is still that day by local time."""

    type = Instant()
    inherit_cache = True
    name = "start_of_day"


@compiles(start_of_day, "sqlite")
def _in_sqlite(element: start_of_day, compiler: SQLCompiler, **kw: Any) -> str:
    return f"({compiler.process(element.clauses, **kw)} || ' 00:00:00.000000')"


@compiles(start_of_day, "postgresql")
def _in_postgresql(element: start_of_day, compiler: SQLCompiler, **kw: Any) -> str:
    return f"timezone('UTC', CAST({compiler.process(element.clauses, **kw)} AS TIMESTAMP))"
