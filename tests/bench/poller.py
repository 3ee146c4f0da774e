"""What one look of the poller costs, with few and with very many steps that wait for their day or are done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sqlalchemy import event, text

from forms_service.engine.begin import Origin, begin_run
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
    "sqlite": "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :last)",
    "postgresql": "WITH numbers AS (SELECT generate_series(1, CAST(:last AS int)) AS n)",
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

    def unheard(self) -> int | None:
        return 0


def main(size: Size) -> None:
    with both_kinds() as kinds:
        for kind, fresh in kinds.items():
            with ExitStack() as stack:
                houses = {number: stack.enter_context(_house(fresh, number)) for number in size.sleeping}
                _report(kind, houses, _interleaved(houses, size.polls))


@contextmanager
def _house(fresh: Fresh, sleeping: int) -> Iterator[Runtime]:
    """A database with one run, all of whose steps wait for a day that is far away; as many more are done."""
    url = fresh()
    migrate(url)
    rt = replace(open_shop(url, "redis://127.0.0.1:1"), bell=Attentive())
    with rt.database.writing() as session:
        edition = rt.library.newest(session, "one_paper")
        run_id = begin_run(rt, session, edition, Origin("bench"), NO_SUBJECT).id
    for status in ("ready", "done"):
        _fill(rt, run_id, status, sleeping)
    yield rt
    rt.database.close()


def _interleaved(houses: Mapping[int, Runtime], times: int) -> dict[int, list[Seconds]]:
    """Looks at all databases in turn, so that a busy machine is busy for all."""
    for rt in houses.values():
        poll_once(rt)
    turns = [(number, timed(partial(poll_once, rt))) for _ in range(times) for number, rt in houses.items()]
    return {number: [seconds for turn, seconds in turns if turn == number] for number in houses}


def _report(kind: str, houses: Mapping[int, Runtime], looks: Mapping[int, list[Seconds]]) -> None:
    print(f"{kind}: one look of the poller")
    for number, samples in looks.items():
        print(row(f"  {number:,} sleeping and {number:,} done steps", samples))
    first, last = looks[min(looks)], looks[max(looks)]
    print(f"  ratio of the most to the fewest: {p50(last) / p50(first):.2f} (goal ≤ {GOAL})")
    print("  how it is found:")
    for plan in plans(houses[max(houses)]):
        print(f"    {plan}")


def _fill(rt: Runtime, run_id: str, status: str, number: int) -> None:
    insert = text(STEPS.format(numbers=FILL[rt.database.engine.dialect.name], status=status))
    with rt.database.writing() as session:
        session.execute(insert, {"last": number, "run": run_id, "due": FAR})
    with rt.database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql("ANALYZE")  # as PostgreSQL does by itself after a while


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
