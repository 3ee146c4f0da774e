"""Reading a form in another language: chosen on the page, with all that was typed, and stored as ever."""

from __future__ import annotations

import re

import pytest

from forms_service.engine.links import token_for
from forms_service.storage.runs import LinkRow, SubmissionRow
from forms_service.translation.catalogue import SOURCE
from forms_service.translation.spoken import spoken
from tests.integration.forms.form_desk import REQUEST, Browser, FormDesk, QuietBell
from tests.integration.forms.test_task import ask_her_to_read, closing_of

COMMENT = "Det stemmer, og æ, ø og å òg."


@pytest.fixture
def link(form_desk: FormDesk) -> str:
    solveig = form_desk.browser("solveig")
    ask_her_to_read(form_desk, solveig, closing_of(form_desk.active_match(), solveig))
    return f"/l/{token_for(form_desk.rt, form_desk.rows(LinkRow)[0].id)}"


@pytest.fixture
def liv(form_desk: FormDesk) -> Browser:
    return form_desk.browser()


def choose(who: Browser, address: str, language: str, **typed: str) -> Browser:
    """The button of a language, with what stands in the form."""
    return who.post(address, {**who.hidden(), **typed, "_language": language})


def the_answer(form_desk: FormDesk) -> SubmissionRow:
    found: list[SubmissionRow] = form_desk.rows(SubmissionRow, SubmissionRow.form == "final_report_reading")
    return found[0]


def language_of(who: Browser) -> str:
    return "".join(re.findall(r'<html lang="([a-z]+)"', who.source))


def test_a_page_is_in_bokmaal_until_somebody_chooses(liv: Browser, link: str):
    liv.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en-GB,en;q=0.9"
    liv.get(link)
    assert language_of(liv) == "nb"
    assert "Må fylles ut" in liv.page


def test_the_language_that_the_browser_asks_for_is_offered_first_of_all(liv: Browser, link: str):
    liv.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en-GB,en;q=0.9"
    liv.get(link)
    assert re.search(r'data-variant="secondary"[^>]*name="_language" value="en"', liv.source)
    assert re.search(r'data-variant="tertiary"[^>]*name="_language" value="nn"', liv.source)


def test_each_language_says_its_own_name_in_itself(liv: Browser, link: str):
    liv.get(link)
    assert re.search(r'value="nn" lang="nn">Nynorsk<', liv.source)
    assert re.search(r'value="en" lang="en">English<', liv.source)
    assert re.search(r'lang="nb" aria-current="true">Bokmål<', liv.source)


@pytest.mark.parametrize(("language", "title", "mark"), [("nn", "Les", "Må fyllast ut"), ("en", "Read", "Required")])
def test_the_page_is_read_in_the_language_that_was_chosen(
    liv: Browser, link: str, language: str, title: str, mark: str
):
    choose(liv.get(link), link, language)
    assert (liv.status, language_of(liv)) == (200, language)
    assert f"{title} " in liv.page
    assert mark in liv.page
    assert "Må fylles ut" not in liv.page


def test_what_was_typed_stands_in_the_other_language_too(liv: Browser, link: str):
    choose(liv.get(link), link, "en", opinion="wrong", comment=COMMENT)
    assert COMMENT in liv.page
    assert re.search(r'value="wrong" checked', liv.source)


def test_what_was_typed_and_is_wrong_stands_there_too_and_is_not_scolded_for(liv: Browser, link: str):
    choose(liv.get(link), link, "en", comment="x" * 2001)
    assert "x" * 2001 in liv.page
    assert "ds-error-summary" not in liv.source


def test_the_choice_holds_for_the_next_page_and_for_nobody_else(form_desk: FormDesk, liv: Browser, link: str):
    choose(liv.get(link), link, "en")
    liv.get(link)
    assert language_of(liv) == "en"
    other = form_desk.browser()
    other.get(link)
    assert language_of(other) == "nb"


def test_errors_are_told_in_the_language_of_the_page(liv: Browser, link: str):
    choose(liv.get(link), link, "en")
    liv.post(link, {**liv.hidden(), **liv.all_shown(), "comment": "x" * 2001})
    assert liv.status == 422
    assert "Choose whether the report is right" in liv.page
    assert "has 2001 characters" in liv.page
    assert "To continue, you must correct" in liv.page


def test_the_answer_is_stored_as_in_any_language_and_thanked_for_in_hers(form_desk: FormDesk, liv: Browser, link: str):
    choose(liv.get(link), link, "en")
    liv.post(link, {**liv.hidden(), **liv.all_shown(), "opinion": "fine", "comment": COMMENT})
    assert "Thank you for reading the report" in liv.page
    assert language_of(liv) == "en"
    assert the_answer(form_desk).answers == {**the_answer(form_desk).answers, "opinion": "fine", "comment": COMMENT}


def test_a_used_link_says_so_in_her_language(liv: Browser, link: str):
    choose(liv.get(link), link, "nn")
    liv.post(link, {**liv.hidden(), **liv.all_shown(), "opinion": "fine"})
    liv.get(link)
    assert liv.status == 410
    assert "Lenkja kan berre brukast éin gong" in liv.page


def test_what_is_no_language_changes_nothing(liv: Browser, link: str):
    for language in ("xx", "../nn", "NN", "", "nn\x00"):
        choose(liv.get(link), link, language)
        assert language_of(liv) == "nb"


def test_a_language_that_the_form_does_not_know_is_not_mixed_in(liv: Browser, link: str):
    choose(liv.get(link), link, "fi")
    assert language_of(liv) == "nb"
    assert "Må fylles ut" in liv.page


def test_an_address_can_bring_the_language_along(liv: Browser, link: str):
    liv.get(f"{link}?sprak=nn")
    assert language_of(liv) == "nn"


def test_whoever_is_signed_in_reads_the_form_and_all_around_it_in_her_language(form_desk: FormDesk):
    nora = form_desk.browser("nora")
    nora.get("/skjema/intake?sprak=nn")
    assert language_of(nora) == "nn"
    assert "Førespurnad om likemann" in nora.page
    nora.get("/oppgaver")
    assert language_of(nora) == "nn"
    assert "Logg ut" in nora.page


def test_a_draft_goes_on_in_any_language(form_desk: FormDesk):
    nora = form_desk.browser("nora")
    nora.get("/skjema/intake")
    nora.post("/skjema/intake", {**nora.hidden(), "participant_name": "Ánne Liv", "_do": "draft"})
    nora.get("/skjema/intake?sprak=nn")
    assert "Ánne Liv" in nora.page
    assert "Du held fram på eit utkast frå" in nora.page


def test_what_was_typed_is_carried_in_her_language_when_she_was_signed_out(form_desk: FormDesk):
    nora = form_desk.browser("nora")
    nora.get("/skjema/intake?sprak=nn")
    page = nora.hidden()
    with nora.client.session_transaction() as session:
        session.pop("_user_id")
    nora.post("/skjema/intake", {**page, "participant_name": "Ánne Liv"})
    assert (nora.status, language_of(nora)) == (401, "nn")
    assert "Du er logga ut" in nora.page


def test_what_follows_an_answer_is_written_in_bokmaal(form_desk: FormDesk, monkeypatch: pytest.MonkeyPatch):
    """Papers, letters and the case: whatever language the page was read in."""
    heard: list[str] = []

    def listen(bell: QuietBell, step_id: str, dispatch_no: int) -> bool:
        heard.append(spoken())
        return True

    monkeypatch.setattr(QuietBell, "ring_step", listen)
    nora = form_desk.browser("nora")
    nora.get("/skjema/intake?sprak=en")
    nora.post("/skjema/intake", {**nora.hidden(), **nora.all_shown(), **REQUEST})
    assert nora.status == 200
    assert set(heard) == {SOURCE}
