"""Answering a task: whose it is, what is shown beside it, and what happens when somebody was quicker."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forms_service.domain.people import Role
from forms_service.engine.service import Subject
from forms_service.storage.cases import AccessRow, MatchRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import StepRow, SubmissionRow
from tests.integration.forms.form_desk import REQUEST, Browser, FormDesk

TALK = {"talked_on": "14.01.2026", "own_wish": "yes", "wishes": "Turer", "decision": "join"}
CLOSING = {"closed_on": "2026-01-15", "reason": "moved", "internal_note": "Ny by, nytt kontor"}
MEETING = {"met_on": "2026-01-15", "decision": "start"}
AGREED = {
    "started_on": "2026-01-15", "goal_1": "Trene", "no_answer": "Ringe", "home_visits": "no",
    "release_agreement": "yes", "release_evaluation": "yes", "release_final_report": "yes",
}  # fmt: skip


@pytest.fixture
def solveig(form_desk: FormDesk) -> Browser:
    return form_desk.browser("solveig")


@pytest.fixture
def conversation(form_desk: FormDesk) -> str:
    """The address of the task that a request gives the coordinator."""
    form_desk.browser("nora").send("/skjema/intake", REQUEST)
    form_desk.work_all()
    return f"/oppgaver/{form_desk.task('conversation').id}"


@pytest.fixture
def closing(form_desk: FormDesk, solveig: Browser) -> str:
    """The address of the task that begins a closure."""
    return closing_of(form_desk.active_match(), solveig)


def closing_of(match: Subject, solveig: Browser) -> str:
    solveig.get(f"/start/closure?om=match:{match.id}")
    return solveig.post("/start/closure", solveig.hidden()).path


def ask_her_to_read(form_desk: FormDesk, solveig: Browser, closing: str) -> None:
    """Close the match and write the final report."""
    solveig.send(closing, CLOSING)
    form_desk.work_all()
    solveig.send(f"/oppgaver/{form_desk.task('text').id}", {"plan": "Kontoret følger opp"})
    form_desk.work_all()


@pytest.fixture
def meeting(form_desk: FormDesk, solveig: Browser) -> str:
    """The address of the task of a matching meeting."""
    about = {"om": f"participant:{form_desk.town.waiting().id}"}
    solveig.get(f"/start/matching_meeting?om={about['om']}")
    proposal = solveig.post("/start/matching_meeting", solveig.hidden()).path
    solveig.send(proposal, {"peer": "berit", "hours_per_week": "3", "reason": "Bor i samme gate"})
    form_desk.work_all()
    return f"/oppgaver/{form_desk.task('meeting').id}"


def test_a_task_shows_its_due_date_and_its_case(solveig: Browser, conversation: str) -> None:
    solveig.get(conversation)
    assert "22. januar 2026" in solveig.page
    assert "Ánne Liv Strand" in solveig.page
    assert "Noen å gå turer i marka med." in solveig.page


def test_a_task_that_is_late_says_so(form_desk: FormDesk, solveig: Browser, conversation: str) -> None:
    assert "Fristen er passert" not in solveig.get(conversation).page
    form_desk.clock.move(timedelta(days=30))
    assert "Fristen er passert" in solveig.get(conversation).page


def test_to_see_the_case_beside_a_task_is_logged(form_desk: FormDesk, solveig: Browser, conversation: str) -> None:
    solveig.get(conversation)
    seen = form_desk.rows(AccessRow, AccessRow.what == "task")
    assert [(row.person_id, f"/oppgaver/{row.object_id}") for row in seen] == [("solveig", conversation)]
    assert [row.reason for row in seen] == ["role"]


def test_to_ask_which_questions_apply_is_no_look_at_the_case(
    form_desk: FormDesk, solveig: Browser, closing: str
) -> None:
    form_desk.rows(AccessRow)
    before = form_desk.count(AccessRow)
    solveig.post(closing, {"_do": "conditions", "reason": "moved"})
    assert form_desk.count(AccessRow) == before


@pytest.mark.parametrize("who", ["nora", "siri", "berit", "trond", "astrid"])
def test_a_task_is_only_for_those_whose_it_is(form_desk: FormDesk, conversation: str, who: str) -> None:
    assert form_desk.browser(who).get(conversation).status == 404


def test_an_unknown_task_is_not_found(solveig: Browser) -> None:
    assert solveig.get("/oppgaver/finnes-ikke").status == 404


def test_an_answer_is_stored_once_and_leads_to_the_receipt(
    form_desk: FormDesk, solveig: Browser, conversation: str
) -> None:
    sent = {**solveig.get(conversation).hidden(), **solveig.all_shown(), **TALK}
    first = solveig.post(conversation, sent).path
    assert first.startswith("/kvittering/")
    assert solveig.post(conversation, sent).path == first
    stored = form_desk.rows(SubmissionRow, SubmissionRow.step_id.is_not(None))
    assert [(row.answers["talked_on"], row.via) for row in stored] == [("2026-01-14", "signed_in")]


def test_an_answered_task_leads_to_what_became_of_it(solveig: Browser, conversation: str) -> None:
    solveig.send(conversation, TALK)
    assert solveig.get(conversation).path.startswith("/kvittering/")


def test_somebody_who_was_too_late_gets_her_words_back(
    form_desk: FormDesk, solveig: Browser, conversation: str
) -> None:
    with form_desk.rt.database.writing() as session:
        session.add(PersonRow(id="sunniva", name="Sunniva", role=Role.COORDINATOR, active=True))
    sunniva = form_desk.browser("sunniva")
    late = {**sunniva.get(conversation).hidden(), **sunniva.all_shown(), **TALK, "wishes": "En som kan fiske"}
    solveig.send(conversation, TALK)
    sunniva.post(conversation, late)
    assert sunniva.status == 409
    assert "Oppgaven er allerede besvart" in sunniva.page
    assert "En som kan fiske" in sunniva.page
    assert "Deltakeren settes på ventelisten" in sunniva.page
    assert form_desk.count(SubmissionRow, SubmissionRow.step_id.is_not(None)) == 1


def test_others_learn_nothing_about_an_answered_task(form_desk: FormDesk, solveig: Browser, conversation: str) -> None:
    siri = form_desk.browser("siri")
    token = siri.get("/skjema/intake").hidden()
    solveig.send(conversation, TALK)
    assert siri.post(conversation, {**token, **TALK}).status == 404


def test_an_answered_task_is_not_there_for_those_whose_it_was_not(
    form_desk: FormDesk, solveig: Browser, conversation: str
) -> None:
    """Nora sent the request and may follow it; the task was never hers."""
    solveig.send(conversation, TALK)
    for who in ("nora", "siri", "berit", "trond"):
        answer = form_desk.browser(who).client.get(conversation)
        assert answer.status_code == 404, who


def test_other_answers_to_a_task_that_one_has_answered_are_given_back_and_no_button_is_promised(
    form_desk: FormDesk, solveig: Browser, conversation: str
) -> None:
    sent = {**solveig.get(conversation).hidden(), **solveig.all_shown(), **TALK}
    solveig.post(conversation, sent)
    solveig.post(conversation, {**sent, "wishes": "Noe helt annet"})
    assert solveig.status == 409
    assert "Oppgaven er allerede besvart" in solveig.page
    assert "Noe helt annet" in solveig.page
    assert "Send som ny" not in solveig.page
    assert form_desk.count(SubmissionRow, SubmissionRow.step_id.is_not(None)) == 1


def test_a_question_that_is_asked_again_says_why_and_brings_the_answers_back(
    form_desk: FormDesk, solveig: Browser, conversation: str
) -> None:
    solveig.send(conversation, {**TALK, "wishes": "Turer i fjæra"})
    with form_desk.rt.database.writing() as session:
        asked = session.get_one(StepRow, conversation.rpartition("/")[2])
        again = StepRow(
            run_id=asked.run_id,
            path=asked.path,
            visit=asked.visit + 1,
            verb="ask",
            status="waiting",
            form=asked.form,
            title=asked.title,
            role=asked.role,
            due_at=asked.due_at,
            created_at=form_desk.clock.now(),
            problem="move_refused: already_matched",
        )
        session.add(again)
        session.flush()
        address = f"/oppgaver/{again.id}"
    solveig.get(address)
    assert "Svaret kunne ikke brukes" in solveig.page
    assert "Deltakeren har allerede en kobling." in solveig.page
    assert "Turer i fjæra</textarea>" in solveig.page
    assert 'name="talked_on" type="date" value="2026-01-14"' in solveig.source


def test_what_cannot_be_done_is_said_at_once_and_nothing_is_lost(
    form_desk: FormDesk, solveig: Browser, closing: str
) -> None:
    solveig.send(closing, {**CLOSING, "closed_on": "2025-12-01"})
    assert solveig.status == 409
    assert "Den siste dagen er før koblingen begynte." in solveig.page
    assert "Ingenting er sendt. Alt du skrev, står her." in solveig.page
    assert 'name="closed_on" type="date" value="2025-12-01"' in solveig.source
    solveig.post(closing, {**solveig.hidden(), **solveig.all_shown(), **CLOSING})
    assert solveig.status == 200
    assert form_desk.rows(MatchRow)[0].status == "closed"


def test_a_question_that_is_asked_once_begins_empty(solveig: Browser, conversation: str) -> None:
    assert "Svaret kunne ikke brukes" not in solveig.get(conversation).page


def test_whoever_loses_access_while_she_writes_gets_her_words_back_and_nothing_else(
    form_desk: FormDesk, closing: str
) -> None:
    match = form_desk.rows(MatchRow)[0]
    berit = form_desk.browser("berit")
    form = f"/skjema/contact_log?om=match:{match.id}"
    typed = {**berit.get(form).hidden(), **berit.all_shown(), "internal_note": "Vi gikk en lang tur"}
    form_desk.town.closed(Subject("match", match.id))
    berit.post(form, typed)
    assert berit.status == 404
    assert "Vi gikk en lang tur" in berit.page
    assert "Liv" not in berit.page
    assert berit.post(form, {**typed, "csrf_token": "forged"}).status == 404
    assert "Vi gikk en lang tur" not in berit.page


def test_facts_stand_in_the_questions(solveig: Browser, closing: str) -> None:
    assert "Trene to ganger i uken" in solveig.get(closing).page


def test_the_server_says_which_questions_apply(solveig: Browser, closing: str) -> None:
    died = solveig.post(closing, {"_do": "conditions", "reason": "died"})
    assert died.answer is not None
    assert not {"goal_1_status", "goal_2_status"} & set(died.answer.get_json()["shown"])
    moved = solveig.post(closing, {"_do": "conditions", "reason": "moved"})
    assert moved.answer is not None
    assert {"goal_1_status", "goal_2_status"} < set(moved.answer.get_json()["shown"])


def test_without_script_new_questions_are_shown_before_anything_is_called_wrong(
    form_desk: FormDesk, solveig: Browser, meeting: str
) -> None:
    solveig.get(meeting)
    assert 'data-question="goal_1" hidden' in solveig.source
    solveig.post(meeting, {**solveig.hidden(), **MEETING})
    assert "Svarene gir 10 spørsmål til" in solveig.page
    assert "Skriv minst ett mål" not in solveig.page
    assert 'data-question="goal_1" data-new' in solveig.source
    assert 'value="2026-01-15"' in solveig.source
    assert form_desk.count(SubmissionRow, SubmissionRow.form == "matching_meeting") == 0
    solveig.post(meeting, {**solveig.hidden(), **MEETING, **AGREED, "_do": "next"})
    assert "Se over svarene" in solveig.page


def test_without_script_a_button_shows_the_questions_that_follow(solveig: Browser, closing: str) -> None:
    solveig.get(closing)
    solveig.post(closing, {**solveig.hidden(), "reason": "moved", "_do": "more"})
    assert solveig.status == 200
    assert 'data-question="goal_2_status" data-new' in solveig.source


def test_an_answer_can_be_taken_back_without_script(solveig: Browser, closing: str) -> None:
    solveig.get(closing)
    solveig.post(closing, {**solveig.hidden(), **CLOSING, "goal_1_status": "reached", "_clear": "goal_1_status"})
    assert 'value="reached" checked' not in solveig.source
    assert "Ny by, nytt kontor</textarea>" in solveig.page


def test_a_day_that_a_date_field_cannot_show_comes_back_as_text(solveig: Browser, closing: str) -> None:
    solveig.send(closing, CLOSING, closed_on="31. juni")
    assert 'name="closed_on" type="text" value="31. juni"' in solveig.source


def test_a_participants_task_is_filled_in_together_with_her(
    form_desk: FormDesk, solveig: Browser, closing: str
) -> None:
    ask_her_to_read(form_desk, solveig, closing)
    reading = f"/oppgaver/{form_desk.task('reading').id}"
    assert "Fylles ut sammen med deltakeren" in solveig.get(reading).page
    assert "/dokumenter/" in solveig.source
    solveig.send(reading, {"opinion": "fine"})
    stored = form_desk.rows(SubmissionRow, SubmissionRow.form == "final_report_reading")
    assert [row.via for row in stored] == ["assisted"]


def test_a_peer_whose_match_has_ended_has_no_task(form_desk: FormDesk) -> None:
    match = form_desk.active_match()
    berit = form_desk.browser("berit")
    assert berit.get(f"/skjema/contact_log?om=match:{match.id}").status == 200
    form_desk.town.closed(match)
    assert berit.get(f"/skjema/contact_log?om=match:{match.id}").status == 404
