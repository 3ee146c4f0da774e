"""One-time links: one answer without an account, and nothing that tells a stranger whom it is about."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from forms_service.engine.links import token_for
from forms_service.storage.cases import AccessRow
from forms_service.storage.runs import LinkRow, SubmissionRow
from tests.integration.forms.form_desk import Browser, FormDesk
from tests.integration.forms.test_task import ask_her_to_read, closing_of

ANSWER = {"opinion": "fine", "comment": "Det stemmer."}


@pytest.fixture
def link(form_desk: FormDesk) -> str:
    """The address that a participant is sent when the final report is to be read."""
    solveig = form_desk.browser("solveig")
    ask_her_to_read(form_desk, solveig, closing_of(form_desk.active_match(), solveig))
    return f"/l/{token_for(form_desk.rt, form_desk.rows(LinkRow)[0].id)}"


@pytest.fixture
def liv(form_desk: FormDesk) -> Browser:
    """Somebody without an account."""
    return form_desk.browser()


def change_link(form_desk: FormDesk, **values: object) -> None:
    form_desk.town.change(LinkRow, form_desk.rows(LinkRow)[0].id, **values)


def answers(form_desk: FormDesk) -> list[SubmissionRow]:
    return form_desk.rows(SubmissionRow, SubmissionRow.form == "final_report_reading")


def test_the_link_opens_the_form_without_an_account(liv: Browser, link: str) -> None:
    liv.get(link)
    assert liv.status == 200
    assert "Les sluttrapporten" in liv.page
    assert "Logg inn" not in liv.page


def test_the_page_tells_a_stranger_nothing(liv: Browser, link: str) -> None:
    liv.get(link)
    title = re.search(r"<title>(.*?)</title>", liv.source)
    assert title is not None
    assert title[1] == "Les sluttrapporten"
    assert "Liv Strand" not in liv.page
    assert 'content="noindex, nofollow"' in liv.source
    assert liv.answer is not None
    assert liv.answer.headers["Referrer-Policy"] == "no-referrer"
    assert liv.answer.headers["Cache-Control"] == "no-store"


def test_the_answer_is_stored_and_thanked_for(form_desk: FormDesk, liv: Browser, link: str) -> None:
    liv.send(link, ANSWER)
    assert liv.path == f"{link}/takk"
    assert "Takk for at du leste rapporten" in liv.page
    assert [(row.via, row.person_id, row.answers["comment"]) for row in answers(form_desk)] == [
        ("link", None, "Det stemmer.")
    ]


def test_the_button_pressed_twice_is_thanked_for_twice_and_stored_once(
    form_desk: FormDesk, liv: Browser, link: str
) -> None:
    sent = {**liv.get(link).hidden(), **liv.all_shown(), **ANSWER}
    liv.post(link, sent)
    assert liv.post(link, sent).path == f"{link}/takk"
    assert len(answers(form_desk)) == 1


def test_a_link_works_once(form_desk: FormDesk, liv: Browser, link: str) -> None:
    liv.send(link, ANSWER)
    again = form_desk.browser().get(link)
    assert again.status == 410
    assert "Svaret er tatt imot" in again.page


def test_other_words_over_a_used_link_are_given_back(form_desk: FormDesk, liv: Browser, link: str) -> None:
    other = form_desk.browser()
    late = {**other.get(link).hidden(), **other.all_shown(), "opinion": "wrong", "comment": "Datoen er feil."}
    liv.send(link, ANSWER)
    other.post(link, late)
    assert other.status == 410
    assert "Datoen er feil." in other.page
    assert "data-question" not in other.source
    assert len(answers(form_desk)) == 1


@pytest.mark.parametrize("asked", [{"_do": "more"}, {"_do": "conditions"}, {"_clear": "comment"}])
def test_a_used_link_shows_nothing_of_its_form(liv: Browser, link: str, asked: dict[str, str]) -> None:
    sent = {**liv.get(link).hidden(), **liv.all_shown(), **ANSWER}
    liv.post(link, sent)
    liv.post(link, {**sent, **asked})
    assert liv.status == 410
    assert "Svaret er tatt imot" in liv.page
    assert "data-question" not in liv.source
    assert "Det stemmer." not in liv.page


def test_a_link_that_is_withdrawn_says_so_and_gives_the_words_back(
    form_desk: FormDesk, liv: Browser, link: str
) -> None:
    sent = {**liv.get(link).hidden(), **liv.all_shown(), **ANSWER}
    change_link(form_desk, revoked_at=form_desk.clock.now())
    assert "trukket tilbake" in liv.get(link).page
    liv.post(link, sent)
    assert (liv.status, "Det stemmer." in liv.page) == (410, True)
    assert answers(form_desk) == []


def test_a_link_that_is_too_old_says_so(form_desk: FormDesk, liv: Browser, link: str) -> None:
    form_desk.clock.move(timedelta(days=400))
    assert (liv.get(link).status, "for gammel" in liv.page) == (410, True)


def test_a_task_that_was_answered_together_closes_the_link(form_desk: FormDesk, liv: Browser, link: str) -> None:
    form_desk.browser("solveig").send(f"/oppgaver/{form_desk.task('reading').id}", ANSWER)
    assert liv.get(link).status == 410


@pytest.mark.parametrize("token", ["x", "a.b", "IjEi.xxxx", "..", "%00", "ø" * 50])
def test_a_forged_link_opens_nothing(liv: Browser, link: str, token: str) -> None:
    assert liv.get(f"/l/{token}").status in {404, 410}
    assert liv.get(f"/l/{token}/dokument").status in {404, 410}
    assert liv.get(f"/l/{token}/takk").status in {404, 410}


def test_the_document_to_read_is_there_until_the_answer(form_desk: FormDesk, liv: Browser, link: str) -> None:
    liv.get(f"{link}/dokument")
    assert liv.answer is not None
    assert (liv.status, liv.answer.mimetype) == (200, "application/pdf")
    liv.send(link, ANSWER)
    assert liv.get(f"{link}/dokument").status == 410


def test_reading_the_document_is_logged_as_the_participants_own(form_desk: FormDesk, liv: Browser, link: str) -> None:
    liv.get(f"{link}/dokument")
    seen = form_desk.rows(AccessRow, AccessRow.what == "document")
    assert [(row.person_id, row.role, row.reason) for row in seen] == [(None, "participant", "self")]


def test_there_are_no_thanks_before_the_answer(liv: Browser, link: str) -> None:
    assert liv.get(f"{link}/takk").path == link


def test_errors_come_back_with_what_was_typed(form_desk: FormDesk, liv: Browser, link: str) -> None:
    liv.send(link, {"comment": "Bare dette"})
    assert liv.status == 422
    assert "Bare dette</textarea>" in liv.page
    assert answers(form_desk) == []


def test_a_stale_token_gives_the_form_back(form_desk: FormDesk, liv: Browser, link: str) -> None:
    sent = {**liv.get(link).hidden(), **liv.all_shown(), **ANSWER, "csrf_token": "old"}
    other = form_desk.browser()
    other.post(link, sent)
    assert (other.status, "Det stemmer.</textarea>" in other.page) == (400, True)
    other.post(link, {**sent, **other.hidden()})
    assert len(answers(form_desk)) == 1


def test_whoever_was_overtaken_is_told_the_truth_and_gets_her_words_back(
    form_desk: FormDesk, liv: Browser, link: str
) -> None:
    """The coordinator says that nobody answered, while a draft lies behind the link."""
    liv.get(link)
    liv.post(
        link, {**liv.hidden(), **liv.all_shown(), "opinion": "comment", "comment": "Mine egne ord", "_do": "draft"}
    )
    form_desk.browser("solveig").send(f"/oppgaver/{form_desk.task('reading').id}", {"unanswered": "true"})
    liv.get(link)
    assert liv.status == 410
    assert "Det er ikke lenger bruk for svaret" in liv.page
    assert "Svaret er tatt imot" not in liv.page
    assert "Mine egne ord" in liv.page
