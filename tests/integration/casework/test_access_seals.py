"""The access log: only added to, and whoever changes it behind the service's back is found out."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from forms_service.casework.access import record
from forms_service.casework.access.seal import MOST_LINES, Sealer, seal
from forms_service.casework.access.verify import Broken, Verdict, verify
from forms_service.domain.people import Viewer
from forms_service.engine.runtime import Runtime
from forms_service.storage.cases import AccessRow, AccessSealRow
from tests.integration.casework.town import Town

SOLVEIG = Viewer("solveig", "Solveig", "coordinator", None)
GUARDS = ("access_never_changes", "access_never_goes", "seal_never_changes", "seal_never_goes")


@pytest.fixture
def rt(runtime: Runtime) -> Runtime:
    return runtime


@pytest.fixture
def participant(rt: Runtime) -> str:
    return Town(rt.database).waiting().id


@pytest.fixture
def log(rt: Runtime, participant: str) -> Runtime:
    """Three seals, on three, two and one lines."""
    for lines in (3, 2, 1):
        look(rt, participant, lines)
        assert seal(rt) == lines
    return rt


def look(rt: Runtime, participant: str, times: int = 1) -> None:
    with rt.database.writing() as session:
        for _ in range(times):
            record(session, SOLVEIG, participant, "participant", None, "role", rt.clock.now())


def verdict(rt: Runtime, noted: tuple[int, str] | None = None) -> Verdict:
    with rt.database.reading() as session:
        return verify(session, rt.settings.secret_key, noted)


def broken(rt: Runtime, noted: tuple[int, str] | None = None) -> list[tuple[int, Broken]]:
    return [(flaw.seal, flaw.broken) for flaw in verdict(rt, noted).flaws]


def behind_its_back(rt: Runtime, *statements: str) -> None:
    """As somebody would who owns the database: without the guards."""
    sqlite = rt.database.is_sqlite
    with rt.database.writer.begin() as connection:
        if sqlite:
            for guard in GUARDS:
                connection.execute(text(f"DROP TRIGGER IF EXISTS {guard}"))
        else:
            connection.execute(text("ALTER TABLE access DISABLE TRIGGER USER"))
            connection.execute(text("ALTER TABLE access_seal DISABLE TRIGGER USER"))
        for statement in statements:
            connection.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access SET reason = 'x'",
        "UPDATE access SET seal = NULL",
        "UPDATE access SET seal = 1, person_id = NULL WHERE seal IS NULL",
        "DELETE FROM access",
        "UPDATE access_seal SET lines = 0",
        "DELETE FROM access_seal",
    ],
)
def test_the_database_itself_refuses_to_change_or_delete_a_line(log: Runtime, participant: str, statement: str) -> None:
    look(log, participant)
    with pytest.raises(DBAPIError, match="only added to"), log.database.writing() as session:
        session.execute(text(statement))
    assert broken(log) == []


def test_a_log_that_nobody_touched_is_whole(log: Runtime, participant: str) -> None:
    look(log, participant)
    found = verdict(log)
    assert (found.seals, found.lines, found.unsealed, found.flaws) == (3, 6, 1, ())


def test_an_empty_log_is_whole(rt: Runtime) -> None:
    assert seal(rt) == 0
    assert verdict(rt).flaws == ()


@pytest.mark.parametrize(
    ("statement", "seals"),
    [
        ("UPDATE access SET person_id = NULL WHERE id = 4", [(2, Broken.CHANGED)]),
        ("UPDATE access SET at = '2020-01-01 00:00:00+00' WHERE id = 1", [(1, Broken.CHANGED)]),
        ("UPDATE access SET reason = 'own_match' WHERE id = 6", [(3, Broken.CHANGED)]),
        ("DELETE FROM access WHERE id = 2", [(1, Broken.LINES)]),
        ("UPDATE access SET seal = NULL WHERE id = 2", [(1, Broken.LINES)]),
        ("UPDATE access SET seal = 3 WHERE id = 2", [(1, Broken.LINES), (3, Broken.LINES)]),
        ("UPDATE access_seal SET digest = 'f' || substr(digest, 2) WHERE number = 2",
         [(2, Broken.CHANGED), (2, Broken.NOT_OURS), (3, Broken.CHANGED)]),
    ],
)  # fmt: skip
def test_whoever_changes_the_log_behind_the_services_back_is_found_out(
    log: Runtime, statement: str, seals: list[tuple[int, Broken]]
) -> None:
    behind_its_back(log, statement)
    assert broken(log) == seals


def test_a_seal_that_is_left_out_is_missed(log: Runtime) -> None:
    behind_its_back(log, "DELETE FROM access WHERE seal = 2", "DELETE FROM access_seal WHERE number = 2")
    assert broken(log) == [(2, Broken.MISSING), (3, Broken.CHANGED)]


def test_an_end_that_is_cut_off_is_missed_by_whoever_wrote_it_down(log: Runtime) -> None:
    noted = (3, verdict(log).digest[:12])
    assert broken(log, noted) == []
    behind_its_back(log, "DELETE FROM access WHERE seal = 3", "DELETE FROM access_seal WHERE number = 3")
    assert broken(log) == []
    assert broken(log, noted) == [(3, Broken.NOTED)]


def test_nobody_who_has_only_the_database_can_seal_it_anew(log: Runtime) -> None:
    with log.database.reading() as session:
        flaws = verify(session, "another key").flaws
    assert [(flaw.seal, flaw.broken) for flaw in flaws] == [(number, Broken.NOT_OURS) for number in (1, 2, 3)]


def test_four_pollers_that_seal_at_once_seal_each_line_once(rt: Runtime, participant: str) -> None:
    look(rt, participant, 50)
    together, sealed = threading.Barrier(4), []

    def go() -> None:
        together.wait()
        sealed.append(seal(rt))

    threads = [threading.Thread(target=go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(sealed) == 50
    assert broken(rt) == []


def test_many_lines_come_under_several_seals(rt: Runtime, participant: str) -> None:
    look(rt, participant, MOST_LINES + 1)
    assert seal(rt) == MOST_LINES + 1
    with rt.database.reading() as session:
        assert [row.lines for row in session.query(AccessSealRow).order_by(AccessSealRow.number)] == [MOST_LINES, 1]
        assert session.query(AccessRow).filter(AccessRow.seal.is_(None)).count() == 0


def test_a_poller_looks_once_a_minute(rt: Runtime, participant: str) -> None:
    sealer = Sealer()
    assert sealer.look(rt) == 0
    look(rt, participant)
    assert sealer.look(rt) == 0
    rt.clock.move(timedelta(minutes=1))  # type: ignore[attr-defined]
    assert sealer.look(rt) == 1
