"""A match that pauses: its evaluations stand still, and the coordinator is asked how it goes on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from forms_service.engine.links import open_link, token_for
from forms_service.storage.runs import LinkRow, RunRow
from tests.integration.casework.test_workflows import Office, office

__all__ = ["office"]

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PAUSE: Mapping[str, object] = {"reason": "admission", "back_on": None, "keeps_contact": "yes", "internal_note": None}
TALKED = {"talked_on": "2026-10-20", "summary": "Det går fint", "plan": "Videre", "next": "go_on"}


def pause(office: Office, **answers: object) -> None:
    office.begin("pause")
    office.answer("pausing", **{**PAUSE, **answers})


def go_to(office: Office, day: date) -> None:
    office.pass_days((day - office.clock.now().date()).days)


def statuses(office: Office, workflow: str) -> set[str]:
    with office.rt.database.reading() as session:
        return set(session.scalars(select(RunRow.status).where(RunRow.workflow == workflow)))


def matched(office: Office) -> None:
    office.matched(started_on="2026-03-01")
    go_to(office, date(2026, 4, 15))


def test_six_weeks_of_pause_put_all_later_evaluations_off_by_six_weeks(office: Office) -> None:
    matched(office)
    pause(office)
    assert office.match is not None
    assert office.match.status == "paused"
    assert statuses(office, "six_month_evaluation") == {"paused"}
    go_to(office, date(2026, 5, 27))
    office.answer("back", decision="resume")
    assert office.match.status == "active"
    assert statuses(office, "six_month_evaluation") == {"active"}
    go_to(office, date(2026, 10, 12))  # 1 September, and six weeks but for a day
    assert office.task("self") is None
    go_to(office, date(2026, 10, 14))
    assert office.task("self") is not None
    for view in ("self", "peer_view", "caseworker_view"):
        office.answer(view)
    office.answer("talk", **TALKED)
    go_to(office, date(2027, 4, 11))
    assert office.task("self") is None
    go_to(office, date(2027, 4, 13))
    assert office.task("self") is not None
    assert office.problems() == []


def test_an_evaluation_under_way_stands_still_and_its_link_still_works(office: Office) -> None:
    matched(office)
    go_to(office, date(2026, 9, 2))
    task = office.task("self")
    assert task is not None
    assert task.late_at is not None
    before = office.messages()
    pause(office)
    go_to(office, date(2026, 12, 2))
    told = [each for each in office.messages() if each not in before]
    assert told == [("pause_over", "sent")]
    with office.rt.database.reading() as session:
        link = session.scalars(select(LinkRow)).one()
        assert open_link(office.rt, session, token_for(office.rt, link.id)).id == link.id
    office.answer("back", decision="resume")
    moved = office.task("self")
    assert moved is not None
    assert moved.late_at is not None
    assert (moved.late_at - task.late_at).days == 91


def test_the_coordinator_is_told_on_the_planned_day_or_after_four_weeks(office: Office) -> None:
    matched(office)
    pause(office, back_on="2026-06-01")
    go_to(office, date(2026, 5, 31))
    assert ("pause_over", "sent") not in office.messages()
    go_to(office, date(2026, 6, 2))
    assert office.messages(person_id="solveig")[-1] == ("pause_over", "sent")
    office.answer("back", decision="resume")
    pause(office)
    office.pass_days(27)
    assert office.messages(person_id="solveig").count(("pause_over", "sent")) == 1
    office.pass_days(2)
    assert office.messages(person_id="solveig").count(("pause_over", "sent")) == 2


def test_whoever_comes_back_early_is_not_asked_about_again(office: Office) -> None:
    matched(office)
    pause(office, back_on="2026-06-01")
    go_to(office, date(2026, 4, 20))
    office.answer("back", decision="resume")
    assert statuses(office, "pause") == {"ended"}
    office.pass_days(90)
    assert ("pause_over", "sent") not in office.messages()


def test_a_pause_that_becomes_an_end_leads_to_the_closure(office: Office) -> None:
    matched(office)
    pause(office)
    office.answer("back", decision="close")
    assert office.task("closing") is not None
    today = office.clock.now().date().isoformat()
    office.answer("closing", closed_on=today, reason="long_admission", goal_1_status="not_now")
    assert office.match is not None
    assert office.match.status == "closed"
    assert statuses(office, "six_month_evaluation") == {"cancelled"}
    assert office.problems() == []


def test_a_pause_that_a_closure_has_overtaken_ends_without_a_move(office: Office) -> None:
    matched(office)
    pause(office)
    office.close("own_choice")
    office.answer("back", decision="resume")
    assert office.match is not None
    assert office.match.status == "closed"
    assert office.problems() == []


def test_a_death_during_a_pause_stops_what_the_pause_held(office: Office) -> None:
    matched(office)
    go_to(office, date(2026, 9, 2))
    pause(office)
    office.begin("death")
    office.answer("recorded", died_on=office.clock.now().date().isoformat())
    before = office.messages(participant_id=office.participant.id)
    office.pass_days(400)
    assert office.messages(participant_id=office.participant.id) == before
    assert statuses(office, "six_month_evaluation") == {"cancelled"}
    assert statuses(office, "pause") == {"cancelled"}
    assert office.clock.now() > datetime(2027, 1, 1, tzinfo=UTC)
