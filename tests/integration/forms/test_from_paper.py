"""Answers on paper are typed in by whoever got the paper, and everybody can see that they were."""

from __future__ import annotations

import pytest

from forms_service.engine.links import token_for
from forms_service.engine.service import subject_of
from forms_service.storage.drafts import DraftRow
from forms_service.storage.runs import EventRow, LinkRow, RunRow, SubmissionRow
from tests.integration.forms.form_desk import Browser, FormDesk
from tests.integration.forms.test_link import ANSWER
from tests.integration.forms.test_task import ask_her_to_read, closing_of


@pytest.fixture
def solveig(form_desk: FormDesk) -> Browser:
    return form_desk.browser("solveig")


@pytest.fixture
def reading(form_desk: FormDesk, solveig: Browser) -> str:
    """The address of the task that is asked of the participant."""
    ask_her_to_read(form_desk, solveig, closing_of(form_desk.active_match(), solveig))
    return f"/oppgaver/{form_desk.task('reading').id}"


def sent(form_desk: FormDesk) -> SubmissionRow:
    [row] = form_desk.rows(SubmissionRow, SubmissionRow.form == "final_report_reading")
    assert isinstance(row, SubmissionRow)
    return row


def test_the_task_offers_it_and_leads_back(solveig: Browser, reading: str) -> None:
    assert f'href="{reading}/fra-papir"' in solveig.get(reading).source
    solveig.get(f"{reading}/fra-papir")
    assert "Skrives inn fra papir" in solveig.page
    assert f'href="{reading}"' in solveig.source


def test_it_is_stored_who_typed_it_and_that_it_was_on_paper(
    form_desk: FormDesk, solveig: Browser, reading: str
) -> None:
    solveig.send(f"{reading}/fra-papir", ANSWER)
    assert (sent(form_desk).via, sent(form_desk).person_id) == ("paper", "solveig")
    answered = form_desk.rows(EventRow, EventRow.kind == "answered", EventRow.path == "reading")
    assert [(event.person_id, event.detail["via"]) for event in answered] == [("solveig", "paper")]


@pytest.mark.parametrize(
    ("way", "words"),
    [("", "Fylt ut sammen med den det gjelder av Solveig"), ("/fra-papir", "Ført inn fra papir av Solveig")],
)
def test_the_receipt_says_who_how_and_when(
    form_desk: FormDesk, solveig: Browser, reading: str, way: str, words: str
) -> None:
    solveig.send(f"{reading}{way}", ANSWER)
    solveig.get(f"/kvittering/{form_desk.task('reading').run_id}")
    assert f"{words}, <time" in solveig.page
    assert "Sendt av Solveig, <time" in solveig.page


def test_an_answer_over_a_link_stands_in_the_same_place(form_desk: FormDesk, solveig: Browser, reading: str) -> None:
    form_desk.browser().send(f"/l/{token_for(form_desk.rt, form_desk.rows(LinkRow)[0].id)}", ANSWER)
    solveig.get(f"/kvittering/{form_desk.task('reading').run_id}")
    assert "Svart av den det gjelder med en personlig lenke, <time" in solveig.page


def test_the_case_and_the_run_say_it_too(form_desk: FormDesk, solveig: Browser, reading: str) -> None:
    solveig.send(f"{reading}/fra-papir", ANSWER)
    case = form_desk.town.service.participant_id
    with form_desk.rt.database.reading() as db:
        run = form_desk.task("reading").run_id

        participant = case(db, subject_of(db.get_one(RunRow, run)))
    assert "Ført inn fra papir av Solveig" in solveig.get(f"/deltakere/{participant}").page
    assert "Solveig, ført inn fra papir" in form_desk.browser("solveig").get(f"/drift/kjoringer/{run}").page


def test_the_filled_in_form_names_whose_answers_they_are_and_who_typed_them(
    form_desk: FormDesk, solveig: Browser, reading: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[dict[str, dict[str, str]]] = []

    def render(press: object, document: object, data: dict[str, dict[str, str]], stamp: object) -> bytes:
        printed.append(data)
        return b"%PDF"

    monkeypatch.setattr(type(form_desk.rt.press), "render", render)
    solveig.send(f"{reading}/fra-papir", ANSWER)
    solveig.get(f"/svar/{sent(form_desk).id}/pdf")
    [data] = printed
    told = data["sent"]
    assert (told["asked"], told["by"], told["role"], told["via"]) == ("deltaker", "Solveig", "koordinator", "paper")
    response = solveig.get(f"/svar/{sent(form_desk).id}/fhir").answer
    assert response is not None
    assert response.get_json(force=True)["source"] == {"display": "deltaker"}
    assert response.get_json(force=True)["author"] == {"display": "Solveig"}


def test_what_is_begun_from_paper_is_found_again_as_that(form_desk: FormDesk, solveig: Browser, reading: str) -> None:
    paper = f"{reading}/fra-papir"
    solveig.get(paper)
    solveig.post(paper, {**solveig.hidden(), **solveig.all_shown(), "comment": "Fra arket", "_do": "draft"})
    assert f'href="{paper}"' in solveig.get("/utkast").source
    assert "Fra arket" in solveig.get(paper).page
    assert "Fra arket" not in solveig.get(reading).page
    solveig.send(paper, ANSWER)
    assert form_desk.count(DraftRow) == 0


def test_typed_in_after_she_answered_herself_is_given_back(form_desk: FormDesk, solveig: Browser, reading: str) -> None:
    paper = f"{reading}/fra-papir"
    typed = {**solveig.get(paper).hidden(), **solveig.all_shown(), **ANSWER, "comment": "Fra arket"}
    form_desk.browser("solveig").send(reading, ANSWER)
    solveig.post(paper, typed)
    assert (solveig.status, "Fra arket" in solveig.page) == (409, True)
    assert sent(form_desk).via == "assisted"


def test_a_task_of_ones_own_is_not_typed_in_from_paper(form_desk: FormDesk, solveig: Browser) -> None:
    closing = closing_of(form_desk.active_match(), solveig)
    assert "fra-papir" not in solveig.get(closing).source
    assert solveig.get(f"{closing}/fra-papir").status == 404


@pytest.mark.parametrize("who", ["nora", "berit", "astrid"])
def test_nobody_types_in_for_somebody_whose_task_they_may_not_answer(
    form_desk: FormDesk, reading: str, who: str
) -> None:
    assert form_desk.browser(who).get(f"{reading}/fra-papir").status == 404
