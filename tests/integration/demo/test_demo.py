from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import yaml
from sqlalchemy import make_url, select

from forms_service.accounts.absence import absences
from forms_service.cli import main
from forms_service.clock import DemoClock
from forms_service.commands.demo import demo
from forms_service.demo.fill import FOLDER, fill
from forms_service.demo.is_demo import Holds, insist_on_no_real_people, what_it_holds
from forms_service.demo.people import add_people
from forms_service.domain.people import Viewer
from forms_service.errors import SettingsError
from forms_service.storage.cases import MatchRow, ParticipantRow
from forms_service.storage.outbox import MessageRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import StepRow
from forms_service.web.week.lists import PARTS, lists_of
from forms_service.web.week.span import Span

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(scope="module")
def filled_once(tmp_path_factory):
    """Filled by the first test that asks for it; copied for the others."""
    return tmp_path_factory.mktemp("filled") / "demo.db"


@pytest.fixture
def filled(runtime, settings, filled_once):
    if filled_once.exists():
        _copy(filled_once, make_url(settings.database_url).database)
    else:
        fill(runtime)
        _copy(make_url(settings.database_url).database, filled_once)
    return runtime


def _copy(source, target):
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def test_the_stories_run_to_their_end_through_the_engine(filled):
    with filled.database.reading() as session:
        incidents = session.scalars(select(StepRow.path).where(StepRow.status == "incident")).all()
        cases = {row.name: row.status for row in session.scalars(select(ParticipantRow))}
        matches = session.scalars(select(MatchRow.status)).all()
        messages = session.scalars(select(MessageRow.status)).all()
    assert incidents == []
    assert cases["Solveig Tangen"] == "matched"
    assert {"matched", "not_now", "requested", "waiting"} <= set(cases.values())
    assert "active" in matches
    assert set(messages) == {"sent"}


def test_tasks_wait_and_the_next_evaluation_sleeps(filled):
    now = filled.clock.now()
    with filled.database.reading() as session:
        steps = session.scalars(select(StepRow)).all()
    assert "coordinator" in [step.role for step in steps if step.status == "waiting"]
    rounds = [step.due_at for step in steps if step.verb == "repeat" and step.status == "ready"]
    assert rounds
    assert min(rounds) > now


def test_the_week_has_something_to_show_in_each_of_its_parts(filled):
    today = filled.clock.now().astimezone(filled.zone).date()
    viewer = Viewer("somebody", "Kari Fjellanger", "coordinator", None)
    lists = lists_of(filled, viewer, Span(today, filled.zone, filled.settings.silence_days))
    with filled.database.reading() as session:
        shown = {name: [(line.person, line.number) for line in each.first(session, 9)] for name, each in lists.items()}
    assert ("Tariq Mahmūd", 0) in shown["uten-kontakt"]
    assert shown["over-timene"] == [("Sunniva Bjørkli", 3.25)]
    assert [person for person, _ in shown["pauser"]] == ["Geir Storvik"]
    assert all(any(shown[name] for name in names) for names in PARTS.values())


def test_of_each_her_own_last_event_is_told_and_nobody_elses(filled):
    today = filled.clock.now().astimezone(filled.zone).date()
    span = Span(today, filled.zone, filled.settings.silence_days)
    lists = lists_of(filled, Viewer("somebody", "Kari Fjellanger", "coordinator", None), span)
    with filled.database.reading() as session:
        talks = {line.person: (today - line.day).days for line in lists["likemenn"].first(session, 9)}
        events = {line.participant: (today - line.day).days for line in lists["uten-hendelser"].first(session, 9)}
    assert (talks["Tariq Mahmūd"], talks["Sunniva Bjørkli"]) == (54, 80)
    assert events == {"Terje Rønning": 31}


def test_one_is_away_with_a_stand_in_and_another_will_be(filled):
    today = filled.clock.now().astimezone(filled.zone).date()
    with filled.database.reading() as session:
        names = dict(session.execute(select(PersonRow.id, PersonRow.name)).all())
        told = [(each.name, names.get(each.stand_in_id)) for each in session.scalars(absences(today))]
    assert told == [("Anders Myrvoll", "Kari Fjellanger"), ("Sigurd Åsheim", None)]


def test_a_demo_can_be_told_from_real_people(database):
    assert what_it_holds(database) is Holds.NOTHING
    with database.writing() as session:
        add_people(session, yaml.safe_load((FOLDER / "people.yaml").read_text(encoding="utf-8")))
    assert insist_on_no_real_people(database) is Holds.A_DEMO


@pytest.mark.parametrize("address", ["somebody@example.org", None])
def test_a_real_person_keeps_the_demo_away(database, address):
    with database.writing() as session:
        session.add(PersonRow(name="Noen", role="admin", email=address))
    with pytest.raises(SettingsError, match="real people"):
        insist_on_no_real_people(database)


def test_rushing_moves_the_clock_of_all_processes_and_says_what_falls_due(settings, database, capsys):
    with database.writing() as session:
        add_people(session, yaml.safe_load((FOLDER / "people.yaml").read_text(encoding="utf-8")))
    before = datetime.now(UTC)
    assert demo(settings, "6 months") == 0
    moved = DemoClock(settings.demo_clock).now() - before
    assert 179 < moved.days < 186
    assert "Nothing new is due." in capsys.readouterr().out
    demo(settings, "1 day")
    assert 1 <= (DemoClock(settings.demo_clock).now() - before - moved).total_seconds() / 86400 < 1.1


def test_the_clock_of_a_real_service_is_never_moved(settings):
    with pytest.raises(SettingsError, match="no demo"):
        demo(replace(settings, demo=False), "6 months")
    assert not settings.demo_clock.exists()


def test_a_duration_that_cannot_be_read_is_said(settings, monkeypatch, capsys):
    monkeypatch.setenv("FORMS_INSTANCE", str(settings.instance))
    monkeypatch.setenv("FORMS_DATABASE_URL", settings.database_url)
    assert main(["demo", "--rush", "soon"]) == 1
    assert capsys.readouterr().err
