"""What comes back by itself: the evaluation with its three views, the month's report; what a peer finds too much."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from forms_service.engine.cancel import cancel_run
from forms_service.engine.operate.skip import skip_step
from forms_service.engine.service import Actor, Subject
from forms_service.engine.submit import start_with_form
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import RunRow, StepRow
from tests.integration.casework.test_workflows import MARK, Office, office

__all__ = ["office"]

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

VIEWS = ("self", "peer_view", "caseworker_view")
TALKED = {"talked_on": "2026-08-01", "summary": "Fint", "plan": "Videre", "next": "go_on"}
MONTH = {"from_day": "2026-01-20", "to_day": "2026-02-19", "meetings": 4, "status": "harder", "status_note": MARK}
MUNICIPALITY = ("nora", "nils", "siri", "pia")


def log(office: Office, **answers: object) -> None:
    assert office.match is not None
    contact = {"on": "2026-01-25", "kind": "phone", "internal_note": MARK, **answers}
    about, berit = Subject("match", office.match.id), Actor("berit", "peer")
    start_with_form(office.rt, "contact_log", office.nonce(), contact, about, berit)
    office.work()


def told_to_the_municipality(office: Office) -> list[tuple[str, str]]:
    return [message for key in MUNICIPALITY for message in office.messages(person_id=key)]


def holders(office: Office) -> dict[str, str | None]:
    return {view: task.role for view in VIEWS if (task := office.task(view))}


def test_participant_peer_and_caseworker_are_asked_at_the_same_time_and_then_comes_the_talk(office: Office) -> None:
    office.matched()
    office.pass_days(190)
    assert holders(office) == {"self": "participant", "peer_view": "peer", "caseworker_view": "caseworker"}
    assert office.messages(person_id="berit")[-1] == office.messages(person_id="nora")[-1] == ("view_wanted", "sent")
    for view in reversed(VIEWS):
        assert office.task("talk") is None
        office.answer(view)
    assert office.task("talk") is not None


def test_views_that_never_come_are_the_coordinators_after_three_weeks_and_the_evaluation_goes_on(
    office: Office,
) -> None:
    office.matched()
    office.pass_days(212)
    assert set(holders(office).values()) == {"coordinator"}
    for view in VIEWS:
        office.answer(view, unanswered=True)
    office.answer("talk", **TALKED)
    assert "evaluation_report" in office.press.printed
    assert office.problems() == []


@pytest.mark.parametrize(("person", "view"), [("nora", "caseworker_view"), ("berit", "peer_view")])
def test_an_evaluation_does_not_wait_for_somebody_who_has_left(office: Office, person: str, view: str) -> None:
    office.matched()
    with office.rt.database.writing() as session:
        session.get_one(PersonRow, person).active = False
    office.pass_days(190)
    for other in VIEWS:
        if other != view:
            office.answer(other)
    assert office.task(view) is None
    assert office.task("talk") is not None
    assert office.problems() == []


def skip(office: Office, path: str) -> None:
    found = select(StepRow.id).where(StepRow.path == path, StepRow.status == "waiting")
    with office.rt.database.reading() as session:
        step_id = session.scalars(found).one()
    skip_step(office.rt, step_id, "Deltakeren er i utlandet", Actor("astrid", "admin"))
    office.work()


def test_a_self_evaluation_that_is_skipped_is_one_without_answers(office: Office) -> None:
    office.matched(release_evaluation="yes")
    office.pass_days(190)
    skip(office, "self")
    office.answer("peer_view")
    office.answer("caseworker_view")
    office.answer("talk", **TALKED)
    assert office.problems() == []
    assert "'own_words': None" in office.press.printed["evaluation_report"]
    assert office.inbox_of("nora") == ["agreement", "evaluation_report"]


def test_an_evaluation_goes_on_when_all_its_views_are_skipped_at_once(office: Office) -> None:
    office.matched(release_evaluation="yes")
    office.pass_days(190)
    office.answer("peer_view", good="Turene")
    skip(office, "views")
    office.answer("talk", **TALKED)
    assert office.problems() == []
    assert office.inbox_of("nora") == ["agreement", "evaluation_report"]


def leaves(office: Office, person: str) -> None:
    with office.rt.database.writing() as session:
        session.get_one(PersonRow, person).active = False


def test_an_evaluation_goes_on_when_the_primary_contact_has_left_and_reaches_the_next_one(office: Office) -> None:
    office.matched(release_evaluation="yes")
    office.pass_days(190)
    for view in VIEWS:
        office.answer(view)
    leaves(office, "nora")
    office.answer("talk", **TALKED)
    assert office.problems() == []
    assert office.outcomes("six_month_evaluation") == ["goes on"]
    task = office.task("shared/held")
    assert task is not None
    assert task.role == "coordinator"
    office.answer("shared/held", outcome="try_again")
    assert office.task("shared/held") is not None
    office.change_contact("pia")
    office.answer("shared/held", outcome="try_again")
    assert (office.inbox_of("pia"), office.problems()) == (["agreement", "evaluation_report"], [])
    assert office.messages(person_id="pia") == [("case_handed_over", "sent"), ("evaluation_ready", "sent")]


def test_an_evaluation_that_ends_the_match_closes_it_also_when_nobody_gets_its_report(office: Office) -> None:
    office.matched(release_evaluation="yes")
    office.pass_days(190)
    for view in VIEWS:
        office.answer(view)
    leaves(office, "nora")
    office.answer("talk", **{**TALKED, "next": "close"})
    assert office.task("closing") is not None
    assert office.problems() == []


def test_a_final_report_and_an_agreement_wait_for_a_new_contact_as_a_task(office: Office) -> None:
    office.matched()
    office.close("goal_reached")
    office.answer("text", plan="Videre")
    office.answer("reading", opinion="fine", comment=None)
    leaves(office, "nora")
    office.answer("approval", decision="approve")
    assert office.problems() == []
    office.change_contact("pia")
    office.answer("delivered/held", outcome="try_again")
    assert "final_report" in office.inbox_of("pia")


def test_a_talk_that_is_skipped_still_stops_what_cannot_do_without_it(office: Office) -> None:
    """Its questions must be answered: what is made of it shall not say that nothing was said."""
    office.matched()
    office.pass_days(190)
    for view in VIEWS:
        office.answer(view)
    skip(office, "talk")
    assert [problem.partition(":")[0] for problem in office.problems()] == ["missing_value"]


def test_what_peer_and_caseworker_think_is_in_no_document(office: Office) -> None:
    office.matched()
    office.pass_days(190)
    office.answer("self", own_words="Turene")
    office.answer("peer_view", good=MARK, needs=MARK)
    office.answer("caseworker_view", helps=MARK, office_next=MARK)
    office.answer("talk", **TALKED)
    assert "Turene" in office.press.printed["evaluation_report"]
    assert MARK not in repr(office.press.printed)


def test_every_month_the_coordinator_writes_a_report_that_goes_nowhere_and_tells_figures_alone(
    office: Office,
) -> None:
    office.matched()
    before = told_to_the_municipality(office)
    office.pass_days(40)
    assert office.task("month") is not None
    office.answer("month", **MONTH, peer_status="well", next="go_on")
    assert "'meetings': 4" in office.press.printed["monthly_report"]
    assert MARK not in repr(office.press.printed)
    assert "harder" not in office.press.printed["monthly_report"]
    assert told_to_the_municipality(office) == before
    assert office.task("month") is None
    office.pass_days(30)
    assert office.task("month") is not None


def test_a_month_in_which_it_was_much_for_the_peer_leads_to_a_talk(office: Office) -> None:
    office.matched()
    office.pass_days(40)
    office.answer("month", **MONTH, peer_status="too_much", next="talk")
    office.answer("relief", talked_on="2026-02-27", agreed="lighter")
    assert office.problems() == []


def test_a_match_from_before_there_were_monthly_reports_gets_the_latest_one_and_then_one_a_month(
    office: Office,
) -> None:
    office.matched()
    with office.rt.database.writing() as session:
        series = session.scalars(select(RunRow.id).where(RunRow.workflow == "monthly_report")).one()
        cancel_run(session, series, "stopped", office.clock.now())
    office.pass_days(100)
    assert office.task("month") is None
    office.begin("monthly_report")
    office.begin("monthly_report")
    assert office.task("month") is not None
    office.answer("month", **MONTH, peer_status="well", next="go_on")
    assert office.task("month") is None
    office.pass_days(31)
    assert office.task("month") is not None
    assert office.problems() == []


def test_no_report_falls_due_during_a_pause_and_one_does_after_it(office: Office) -> None:
    office.matched()
    office.begin("pause")
    office.answer("pausing", reason="admission", keeps_contact="no")
    office.pass_days(100)
    assert office.task("month") is None
    office.answer("back", decision="resume")
    office.pass_days(1)
    assert office.task("month") is not None
    assert office.problems() == []


def test_after_the_closure_no_month_is_asked_for(office: Office) -> None:
    office.matched()
    office.pass_days(40)
    office.close("peer_left")
    assert office.task("month") is None
    office.pass_days(100)
    assert office.task("month") is None
    with office.rt.database.reading() as session:
        open_runs = session.scalars(select(RunRow.workflow).where(RunRow.status == "active")).all()
    assert "monthly_report" not in open_runs


def test_an_ordinary_contact_tells_nobody(office: Office) -> None:
    office.matched()
    before = office.messages()
    log(office, hours=2)
    assert office.messages() == before
    assert office.task("relief") is None


def test_a_contact_at_night_reaches_the_coordinator_and_not_the_municipality(office: Office) -> None:
    office.matched()
    before = told_to_the_municipality(office)
    log(office, at_night=True)
    assert office.messages()[-1] == ("something_to_see", "sent")
    assert office.messages(person_id="solveig")[-1] == ("something_to_see", "sent")
    assert told_to_the_municipality(office) == before


def test_what_becomes_too_much_is_a_task_for_the_coordinator_and_nothing_for_the_municipality(office: Office) -> None:
    office.matched()
    before = told_to_the_municipality(office)
    log(office, at_night=True, too_much=True)
    task = office.task("relief")
    assert task is not None
    assert (task.role, task.person_id) == ("coordinator", None)
    assert office.messages(person_id="solveig").count(("something_to_see", "sent")) == 1
    office.answer("relief", talked_on="2026-01-26", agreed="lighter", internal_note=MARK)
    assert told_to_the_municipality(office) == before
    assert office.problems() == []


@pytest.mark.parametrize("reason", ["goal_reached", "died"])
@pytest.mark.parametrize("asked_in", ["contact log", "monthly report"])
def test_a_talk_with_a_strained_peer_is_about_the_peer_and_outlives_the_match(
    office: Office, asked_in: str, reason: str
) -> None:
    office.matched()
    if asked_in == "contact log":
        log(office, too_much=True)
    else:
        office.pass_days(40)
        office.answer("month", **MONTH, peer_status="too_much", next="talk")
    assert office.task("relief") is not None
    office.close(reason)
    task = office.task("relief")
    assert task is not None
    assert task.role == "coordinator"
    office.answer("relief", talked_on=office.clock.now().date().isoformat(), agreed="talked")
    assert office.problems() == []


def test_after_a_death_the_coordinator_talks_with_the_peer_once(office: Office) -> None:
    office.matched()
    log(office, too_much=True)
    office.close("died")
    office.begin("death")
    office.answer("recorded", died_on=office.clock.now().date().isoformat())
    assert office.task("relief") is not None
    assert office.problems() == []


def test_a_peer_for_whom_it_is_too_much_twice_is_talked_with_once(office: Office) -> None:
    office.matched()
    log(office, too_much=True)
    log(office, too_much=True)
    assert office.task("relief") is not None


def test_a_report_that_nobody_reads_can_be_approved_all_the_same(office: Office) -> None:
    office.matched()
    office.close("goal_reached")
    office.answer("text", plan="Videre")
    office.pass_days(15)
    reading = office.task("reading")
    assert reading is not None
    assert reading.role == "coordinator"
    office.answer("reading", unanswered=True)
    office.answer("approval", decision="approve")
    assert office.inbox_of("nora") == ["agreement", "final_report"]
