"""What one look of the poller costs, with few and with very many steps that wait for their day or are done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import event, text

from forms_service.engine.begin import Origin, begin_run
from forms_service.engine.calendar import Calendar
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import NO_SUBJECT
from forms_service.worker.poll import poll_once
from tests.bench.databases import Fresh, both_kinds
from tests.bench.figures import Seconds, p50, row
from tests.bench.peers import timed
from tests.bench.shop import migrate, open_shop
from tests.bench.size import Size

GOAL = 1.2
FILL = {
    "sqlite": "WITH RECURSIVE numbers(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM numbers WHERE n < :last)",
    "postgresql": "WITH numbers AS (SELECT generate_series(CAST(:first AS int), CAST(:last AS int)) AS n)",
}
STEPS = """
INSERT INTO step (
  id, run_id, path, visit, verb, status, due_at, created_at, attempt, dispatch_no, input, result, problem
)
{numbers}
SELECT '{status}-' || n, :run, 'rest/{status}', n, 'wait', '{status}', :due, :due, 0, 0, '{{}}', '{{}}', ''
FROM numbers
"""
FAR = "2126-01-15 09:00:00"


@dataclass(frozen=True, slots=True)
class Attentive:
    """A bell that always hears and never rings, so that only the database is measured."""

    def ring_step(self, step_id: str, dispatch_no: int) -> bool:
        return True

    def ring_message(self, message_id: str) -> bool:
        return True

    def room(self) -> int:
        return 16

    def answers(self) -> bool:
        return True


def main(size: Size) -> None:
    with both_kinds() as kinds:
        for kind, fresh in kinds.items():
            print(f"{kind}: one look of the poller")
            with _house(fresh) as (rt, run_id):
                _measure(rt, run_id, size)
                _explain(rt)


@contextmanager
def _house(fresh: Fresh) -> Iterator[tuple[Runtime, str]]:
    """A database with one run, to which all steps will belong."""
    url = fresh()
    migrate(url)
    rt = replace(open_shop(url, "redis://127.0.0.1:1"), bell=Attentive())
    with rt.database.writing() as session:
        edition = rt.library.newest(session, "one_paper")
        run_id = begin_run(rt, session, edition, Origin("bench"), NO_SUBJECT).id
    yield rt, run_id
    rt.database.close()


def _measure(rt: Runtime, run_id: str, size: Size) -> None:
    looks, there = {}, 0
    for number in size.sleeping:
        _fill(rt, run_id, "ready", there + 1, number)
        there = number
        looks[f"{number:,} sleeping steps"] = _look(rt, size.polls)
    _fill(rt, run_id, "done", 1, there)
    looks[f"{there:,} sleeping and {there:,} done steps"] = _look(rt, size.polls)
    for name, samples in looks.items():
        print(row(f"  {name}", samples))
    first, *others = looks.values()
    print(f"  ratio to the first: {max(p50(samples) for samples in others) / p50(first):.2f} (goal ≤ {GOAL})")


def _fill(rt: Runtime, run_id: str, status: str, first: int, last: int) -> None:
    insert = text(STEPS.format(numbers=FILL[rt.database.engine.dialect.name], status=status))
    with rt.database.writing() as session:
        session.execute(insert, {"first": first, "last": last, "run": run_id, "due": FAR})
    with rt.database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql("ANALYZE")  # as PostgreSQL does by itself after a while


def _look(rt: Runtime, times: int) -> list[Seconds]:
    calendar = Calendar()
    poll_once(rt, calendar)
    return [timed(lambda: poll_once(rt, calendar)) for _ in range(times)]


def _explain(rt: Runtime) -> None:
    """How the database finds what each question of one look asks for."""
    print("  how it is found:")
    for plan in plans(rt):
        print(f"    {plan}")


def plans(rt: Runtime) -> list[str]:
    """The plan of each statement of one look, as one line."""
    asked: list[tuple[str, Any]] = []
    engine = rt.database.engine

    def keep(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", keep)
    poll_once(rt)
    event.remove(engine, "before_cursor_execute", keep)
    explain = "EXPLAIN QUERY PLAN " if rt.database.is_sqlite else "EXPLAIN "
    with engine.connect() as connection:
        return [
            "; ".join(str(line[-1]).strip() for line in connection.exec_driver_sql(explain + statement, parameters))
            for statement, parameters in asked
        ]
