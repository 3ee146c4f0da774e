"""A run is moved to another version while people answer: nobody sends answers to questions that she has not read."""

from __future__ import annotations

import pytest

from forms_service.engine.drafts.draft import Owner, Place
from forms_service.engine.service import Actor, Subject
from forms_service.engine.submit import answer_task
from forms_service.engine.versions import move_runs
from forms_service.errors import FormChanged
from forms_service.storage.runs import DefinitionRow, RunRow, StepRow, SubmissionRow
from tests.integration.forms.form_desk import REQUEST, Browser, FormDesk
from tests.integration.forms.test_drafts import publish
from tests.integration.forms.test_paper import Tray, tray
from tests.integration.forms.test_task import AGREED, MEETING, meeting, solveig
from tests.integration.forms.test_walk import NAMES, Walker, answered

__all__ = ["meeting", "solveig", "tray"]
MEETING_FORM = "forms/matching_meeting.yaml"
ASTRID = Actor("astrid", "admin")


def move_all(form_desk: FormDesk, workflow: str) -> None:
    runs = [run.id for run in form_desk.rows(RunRow, RunRow.workflow == workflow, RunRow.status == "active")]
    moves = move_runs(form_desk.rt, runs, None, "nye spørsmål", ASTRID)
    assert moves
    assert [move.refused for move in moves] == [""] * len(moves)


@pytest.fixture
def ask_otherwise(form_desk: FormDesk, meeting: str) -> object:
    """Call it, and the meeting that is under way is moved to a version that asks for another first goal."""

    def change() -> None:
        workflow = form_desk.rows(RunRow, RunRow.id == _task(form_desk, meeting).run_id)[0].workflow
        publish(form_desk, MEETING_FORM, "label: Første mål", "label: Viktigste mål")
        move_all(form_desk, workflow)

    return change


def _task(form_desk: FormDesk, address: str) -> StepRow:
    found: list[StepRow] = form_desk.rows(StepRow, StepRow.id == address.rpartition("/")[2])
    return found[0]


@pytest.fixture
def agreed(solveig: Browser, meeting: str) -> Walker:
    return Walker(solveig, meeting).press("next", **MEETING).press("next", **AGREED)


def test_answers_to_the_questions_of_before_are_shown_with_those_of_now_before_they_are_sent(
    form_desk: FormDesk, agreed: Walker, ask_otherwise
) -> None:
    for name, person in NAMES.items():
        agreed.press(f"sign:{name}", **{f"{name}-name": person})
    ask_otherwise()
    agreed.press()
    assert agreed.browser.status == 409
    assert "Skjemaet er endret siden du åpnet det" in agreed.page
    assert "Viktigste mål" in agreed.page
    assert "Trene" in agreed.page
    assert answered(form_desk, "matching_meeting") == []


def test_what_was_signed_under_other_questions_counts_no_more(
    form_desk: FormDesk, agreed: Walker, ask_otherwise
) -> None:
    for name, person in NAMES.items():
        agreed.press(f"sign:{name}", **{f"{name}-name": person})
    ask_otherwise()
    agreed.press().press()
    assert agreed.browser.status == 422
    assert "Deltakeren må signere avtalen" in agreed.page
    for name, person in NAMES.items():
        agreed.press(f"sign:{name}", **{f"{name}-name": person})
    agreed.press()
    assert len(answered(form_desk, "matching_meeting")) == 1


def test_of_a_move_and_an_answer_at_the_same_moment_the_answer_waits(
    form_desk: FormDesk, meeting: str, ask_otherwise
) -> None:
    task = _task(form_desk, meeting)
    run = form_desk.rows(RunRow, RunRow.id == task.run_id)[0]
    subject = Subject(run.subject_kind, run.subject_id)
    place = Place(Owner("solveig"), f"task:{task.id}", run.workflow, task.form or "", run.definition_id, subject)
    ask_otherwise()
    with pytest.raises(FormChanged):
        answer_task(form_desk.rt, task.id, "n", {**MEETING, **AGREED}, Actor("solveig"), place)
    assert _task(form_desk, meeting).status == "waiting"
    assert answered(form_desk, "matching_meeting") == []


def test_what_was_sent_is_told_under_the_questions_that_were_asked(form_desk: FormDesk, tray: Tray) -> None:
    nora = form_desk.browser("nora")
    nora.send("/skjema/intake", REQUEST)
    form_desk.work_all()
    publish(form_desk, "forms/intake.yaml", "label: Navn,", "label: Hva heter hun,")
    move_all(form_desk, "intake")
    sent = form_desk.rows(SubmissionRow)[0]
    assert form_desk.rows(DefinitionRow, DefinitionRow.id == sent.definition_id)[0].version == 1
    assert form_desk.rows(RunRow, RunRow.id == sent.run_id)[0].definition_id != sent.definition_id
    nora.get(f"/svar/{sent.id}/pdf")
    assert "Navn" in str(tray.printed[-1]["sheet"])
    assert "Hva heter hun" not in str(tray.printed[-1]["sheet"])
    assert "Hva heter hun" not in nora.get(f"/svar/{sent.id}/fhir").source


@pytest.mark.parametrize("button", ["sign:by_peer", "next", "back", "draft", "keep", "to:1", "more", ""])
def test_nothing_is_done_with_a_page_of_before_but_keeping_it(
    form_desk: FormDesk, agreed: Walker, ask_otherwise, button: str
) -> None:
    ask_otherwise()
    agreed.press(button, **{"by_peer-name": "Berit Å"})
    assert agreed.browser.status == 409
    assert "Skjemaet er endret siden du åpnet det" in agreed.page
    assert agreed.standing()["goal_1"] == "Trene"
    assert agreed.press("draft").browser.status == 200


@pytest.mark.parametrize("extra", [{"_language": "en"}, {"_clear": "by_peer"}])
def test_nor_by_a_button_beside_a_question(agreed: Walker, ask_otherwise, extra: dict[str, str]) -> None:
    ask_otherwise()
    assert agreed.press(**extra).browser.status == 409


def test_whoever_comes_back_to_what_a_page_of_before_kept_by_itself_is_told(
    solveig: Browser, meeting: str, ask_otherwise
) -> None:
    walker = Walker(solveig, meeting).press("draft", **MEETING)
    standing = walker.standing()
    ask_otherwise()
    kept = {**standing, **MEETING, "goal_1": "Fra før", "_do": "draft", "_stroke": "5"}
    assert solveig.client.post(meeting, data=kept, headers={"HX-Request": "true"}).status_code == 200
    again = Walker(solveig, meeting)
    assert again.standing()["goal_1"] == "Fra før"
    assert "Skjemaet er endret siden." in again.page
    kept["_version"] = "nonsense\0"
    assert solveig.client.post(meeting, data=kept, headers={"HX-Request": "true"}).status_code == 200
