"""Starting a workflow in a browser: one run per request, and no word lost."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import text

from forms_service.storage.cases import AccessRow
from forms_service.storage.people import OfficeRow
from forms_service.storage.runs import RunRow, SubmissionRow
from tests.integration.forms.form_desk import REQUEST, Browser, FormDesk
from tests.integration.forms.test_drafts import publish

FORM = "/skjema/intake"
HOSTILE = '"><script>alert(1)</script>{{ 7*7 }}'


@pytest.fixture
def nora(form_desk: FormDesk) -> Browser:
    return form_desk.browser("nora")


def runs(form_desk: FormDesk) -> int:
    return form_desk.count(RunRow)


def test_a_request_that_is_sent_leads_to_its_receipt(form_desk: FormDesk, nora: Browser) -> None:
    nora.send(FORM, REQUEST)
    assert nora.path.startswith("/kvittering/")
    assert "Forespørselen er sendt" in nora.page
    assert runs(form_desk) == 1


def test_the_answers_are_stored_as_plain_json(form_desk: FormDesk, nora: Browser) -> None:
    nora.send(FORM, REQUEST, birth_year=" 1986 ", participant_email="")
    answers = form_desk.rows(SubmissionRow)[0].answers
    assert (answers["birth_year"], answers["participant_phone"]) == (1986, "412 34 567")
    assert (answers["participant_email"], answers["caseworker"]) == (None, None)


def test_a_caseworkers_own_office_is_filled_in_and_the_only_one(nora: Browser) -> None:
    nora.get(FORM)
    assert '<option value="nord" selected>Nord</option>' in nora.source
    assert "Sør" not in nora.page


def test_a_coordinator_chooses_office_and_caseworker(form_desk: FormDesk) -> None:
    solveig = form_desk.browser("solveig").get(FORM)
    assert "Sør" in solveig.page
    assert 'name="caseworker"' in solveig.source


def test_what_does_not_concern_the_role_never_reaches_the_page(nora: Browser) -> None:
    assert 'name="caseworker"' not in nora.get(FORM).source


@pytest.mark.parametrize("who", ["berit", "trond", "astrid", "pia"])
def test_other_roles_find_no_such_page(form_desk: FormDesk, who: str) -> None:
    assert form_desk.browser(who).get(FORM).status == 404


def test_an_unknown_workflow_is_not_found(nora: Browser) -> None:
    assert nora.get("/skjema/finnes_ikke").status == 404


def test_a_workflow_without_a_form_has_no_form_page(form_desk: FormDesk) -> None:
    assert form_desk.browser("solveig").get("/skjema/closure?om=match:x").status == 404


def test_pressing_twice_gives_one_run_and_the_same_receipt(form_desk: FormDesk, nora: Browser) -> None:
    nora.get(FORM)
    sent = {**nora.hidden(), **nora.all_shown(), **REQUEST}
    first, second = (nora.post(FORM, sent).path for _ in range(2))
    assert first == second
    assert runs(form_desk) == 1


def test_two_tabs_give_one_run(form_desk: FormDesk, nora: Browser) -> None:
    one = {**nora.get(FORM).hidden(), **nora.all_shown(), **REQUEST}
    two = {**nora.get(FORM).hidden(), **nora.all_shown(), **REQUEST}
    assert nora.post(FORM, one).path == nora.post(FORM, two).path
    assert runs(form_desk) == 1


def test_the_next_request_is_another_run(form_desk: FormDesk, nora: Browser) -> None:
    nora.send(FORM, REQUEST)
    nora.send(FORM, REQUEST)
    assert runs(form_desk) == 2


def test_other_answers_with_the_same_number_are_asked_about_and_can_be_sent_as_new(
    form_desk: FormDesk, nora: Browser
) -> None:
    sent = {**nora.get(FORM).hidden(), **nora.all_shown(), **REQUEST}
    nora.post(FORM, sent)
    other = {**sent, "participant_name": "Elle Máret"}
    assert nora.post(FORM, other).status == 409
    assert "Send som ny" in nora.page
    assert 'value="Elle Máret"' in nora.page
    assert runs(form_desk) == 1
    nora.post(FORM, {**other, **nora.hidden()})
    assert nora.path.startswith("/kvittering/")
    assert runs(form_desk) == 2


def test_errors_stand_on_top_with_links_and_beside_each_field(nora: Browser) -> None:
    nora.send(FORM, REQUEST, participant_name="", birth_year="nitten", participant_gender=None)
    assert nora.status == 422
    assert "For å gå videre må du rette opp følgende feil" in nora.page
    assert 'href="#svar-participant_name">Skriv navnet på deltakeren' in nora.page
    assert 'href="#svar-participant_gender-1"' in nora.source
    assert 'aria-describedby="svar-birth_year-feil" aria-invalid="true"' in nora.source
    assert "<title>Feil: " in nora.source


def test_what_was_typed_comes_back_with_the_errors(form_desk: FormDesk, nora: Browser) -> None:
    nora.send(FORM, REQUEST, birth_year="nitten", wishes="Linje en\r\nlinje to")
    assert 'value="nitten"' in nora.source
    assert 'value="Ánne Liv Strand"' in nora.page
    assert "\nLinje en\nlinje to</textarea>" in nora.source
    assert 'name="participant_gender" type="radio" value="woman" checked' in nora.source
    assert runs(form_desk) == 0


def test_a_first_empty_line_of_a_text_survives(nora: Browser) -> None:
    nora.send(FORM, REQUEST, birth_year="", wishes="x\n\ny")
    assert "\nx\n\ny</textarea>" in nora.source


def test_hostile_text_is_shown_as_text(nora: Browser) -> None:
    nora.send(FORM, dict.fromkeys(REQUEST, HOSTILE))
    assert "<script>alert" not in nora.source
    assert "{{ 7*7 }}" in nora.source
    assert "&lt;script&gt;alert(1)" in nora.source


def test_a_stale_token_gives_the_form_back_with_all_that_was_typed(form_desk: FormDesk, nora: Browser) -> None:
    nora.get(FORM)
    sent = {**nora.hidden(), **nora.all_shown(), **REQUEST, "csrf_token": "from another day"}
    assert nora.post(FORM, sent).status == 400
    assert 'value="Ánne Liv Strand"' in nora.page
    assert "Skjemaet er ikke sendt ennå" in nora.page
    assert runs(form_desk) == 0
    nora.post(FORM, {**sent, **nora.hidden()})
    assert runs(form_desk) == 1


def test_a_post_from_another_site_sends_nothing(form_desk: FormDesk, nora: Browser) -> None:
    nora.post(FORM, REQUEST)
    assert (nora.status, runs(form_desk)) == (400, 0)


def test_text_sent_after_signing_out_is_carried_through_signing_in(form_desk: FormDesk, nora: Browser) -> None:
    sent = {**nora.get(FORM).hidden(), **nora.all_shown(), **REQUEST, "wishes": "Linje en\nlinje to"}
    nora.post("/ut", {"csrf_token": sent["csrf_token"]})
    nora.post(FORM, sent)
    assert nora.status == 401
    carried = {
        **REQUEST,
        "_do": "more",
        "_nonce": sent["_nonce"],
        "_seen": sent["_seen"],
        "wishes": "Linje en\nlinje to",
    }
    assert all(f'name="{name}"' in nora.source for name in carried)
    assert "Linje en\nlinje to</textarea>" in nora.source
    nora.get("/inn")
    nora.post("/inn", {**nora.hidden(), "person": "nora"})
    nora.post(FORM, carried)
    assert "Linje en\nlinje to</textarea>" in nora.source
    nora.post(FORM, {**sent, **nora.hidden()})
    assert runs(form_desk) == 1


def test_a_form_opened_while_signed_out_comes_after_signing_in(form_desk: FormDesk) -> None:
    answer = form_desk.browser().client.get("/skjema/contact_log?om=match:1")
    assert answer.location == "/inn?neste=/skjema/contact_log?om%3Dmatch:1"


def test_text_is_carried_while_the_database_is_away(form_desk: FormDesk, nora: Browser) -> None:
    sent = {**nora.get(FORM).hidden(), **nora.all_shown(), **REQUEST}
    with form_desk.rt.database.engine.connect() as db:
        db.execute(text("ALTER TABLE office RENAME TO office_away"))
        db.commit()
    nora.post(FORM, sent)
    assert (nora.status, "Ánne Liv Strand</textarea>" in nora.page) == (503, True)


def test_a_form_is_kept_nowhere_on_the_way(nora: Browser) -> None:
    nora.get(FORM)
    assert nora.answer is not None
    assert nora.answer.headers["Cache-Control"] == "no-store"


def test_a_text_of_more_than_a_megabyte_is_refused_in_words(form_desk: FormDesk, nora: Browser) -> None:
    nora.send(FORM, REQUEST, wishes="x" * 1_100_000)
    assert (nora.status, runs(form_desk)) == (413, 0)
    assert "for stor" in nora.page


def test_a_long_text_below_the_limit_comes_back_with_its_length_in_words(nora: Browser) -> None:
    nora.send(FORM, REQUEST, wishes="ø" * 150_000)
    assert nora.status == 422
    assert "på 150\N{NO-BREAK SPACE}000 tegn, og kan være på høyst 2000 tegn" in nora.page


def test_an_office_that_is_closed_meanwhile_can_not_be_chosen(form_desk: FormDesk, nora: Browser) -> None:
    nora.get(FORM)
    sent = {**nora.hidden(), **nora.all_shown(), **REQUEST}
    form_desk.town.change(OfficeRow, "nord", active=False)
    assert nora.post(FORM, sent).status == 422


def test_a_workflow_about_a_match_shows_the_case_and_logs_it(form_desk: FormDesk) -> None:
    match = form_desk.active_match()
    berit = form_desk.browser("berit").get(f"/skjema/contact_log?om=match:{match.id}")
    assert "Liv Strand" in berit.page
    seen = form_desk.rows(AccessRow, AccessRow.person_id == "berit", AccessRow.what == "form")
    assert [(row.role, row.object_id) for row in seen] == [("peer", "contact_log")]


@pytest.mark.parametrize("about", ["", "match:", "match:unknown", "participant:unknown", "match", ":", "match:%00"])
def test_a_workflow_about_a_match_needs_one(form_desk: FormDesk, about: str) -> None:
    form_desk.active_match()
    assert form_desk.browser("berit").get(f"/skjema/contact_log?om={about}").status == 404


def test_another_peers_match_is_not_found(form_desk: FormDesk) -> None:
    match = form_desk.active_match()
    assert form_desk.browser("gunn").get(f"/skjema/contact_log?om=match:{match.id}").status == 404


def test_a_button_starts_a_workflow_and_leads_straight_to_the_first_task(form_desk: FormDesk) -> None:
    match = form_desk.active_match()
    solveig = form_desk.browser("solveig").get(f"/start/closure?om=match:{match.id}")
    assert "Liv Strand" in solveig.page
    solveig.post("/start/closure", solveig.hidden())
    assert solveig.path == f"/oppgaver/{form_desk.task('closing').id}"
    assert "Avslutt koblingen" in solveig.page


def test_the_button_pressed_twice_starts_once(form_desk: FormDesk) -> None:
    match = form_desk.active_match()
    solveig = form_desk.browser("solveig").get(f"/start/closure?om=match:{match.id}")
    sent = solveig.hidden()
    first, second = (solveig.post("/start/closure", sent).path for _ in range(2))
    assert first == second
    assert runs(form_desk) == 1


def test_a_button_is_only_for_those_who_may(form_desk: FormDesk) -> None:
    match = form_desk.active_match()
    nora = form_desk.browser("nora")
    token = nora.get(FORM).hidden()["csrf_token"]
    nora.post("/start/closure", {"csrf_token": token, "om": f"match:{match.id}"})
    assert (nora.status, runs(form_desk)) == (404, 0)


def test_what_was_typed_comes_back_to_whoever_typed_it_and_to_nobody_else(form_desk: FormDesk, nora: Browser) -> None:
    typed = {**nora.get(FORM).hidden(), **nora.all_shown(), **REQUEST, "wishes": "HEMMELIG ord"}
    nora.post("/ut", nora.hidden())
    nora.post(FORM, typed)
    assert (nora.status, "HEMMELIG ord" in nora.page) == (401, True)
    assert "Logg inn (åpnes i ny fane)" in nora.page
    carried = {**nora.hidden(), **{key: value for key, value in typed.items() if not key.startswith("csrf")}}
    siri = form_desk.browser("siri")
    for sent in (carried, {**typed, "csrf_token": "old"}, {**carried, **siri.get(FORM).hidden(but=("_whose",))}):
        siri.post(FORM, sent)
        assert (siri.status, "HEMMELIG ord" in siri.page) == (409, False)
        assert "Skjemaet ble fylt ut av en annen" in siri.page
    again = form_desk.browser("nora").post(FORM, {**carried, "_do": "more"})
    assert (again.status, "HEMMELIG ord</textarea>" in again.page) == (200, True)
    assert runs(form_desk) == 0


def test_what_makes_no_sense_now_is_not_started(form_desk: FormDesk) -> None:
    match = form_desk.active_match()
    solveig = form_desk.browser("solveig")
    form, button = f"/skjema/contact_log?om=match:{match.id}", f"/start/closure?om=match:{match.id}"
    typed = {**solveig.get(form).hidden(), **solveig.all_shown(), "internal_note": "Vi gikk en lang tur"}
    pressed = {**solveig.get(button).hidden()}
    form_desk.town.closed(match)
    for answer in (solveig.get(form), solveig.get(button), solveig.post("/start/closure", pressed)):
        assert (answer.status, "Dette kan ikke startes nå" in answer.page) == (409, True)
        assert f"/deltakere/{form_desk.town.participant(match).id}" in answer.source
    assert (solveig.post(form, typed).status, "Vi gikk en lang tur" in solveig.page) == (409, True)
    assert runs(form_desk) == 0


@pytest.mark.parametrize("way", ["the draft is opened", "the page is sent"])
def test_what_was_typed_into_what_makes_no_sense_now_is_told_question_by_question(
    form_desk: FormDesk, way: str
) -> None:
    publish(
        form_desk, "forms/contact_entry.yaml", "label: Hvor mange timer?,", "label: Hvor mange timer?, wanted: Skriv,"
    )
    match, solveig = form_desk.active_match(), form_desk.browser("solveig")
    form = f"/skjema/contact_log?om=match:{match.id}"
    typed = {"on": "2026-01-14", "kind": "meeting", "internal_note": "Vi gikk en lang tur"}
    assert "Skriv" in solveig.send(form, typed, at_night="true").page
    sent = {**solveig.hidden(), **typed, "at_night": "true"}
    assert sent["_wanted"] == "hours"
    form_desk.town.closed(match)
    (solveig.get(form) if way == "the draft is opened" else solveig.post(form, sent))
    said = re.sub(r"<[^>]+>", "|", solveig.page.partition("Dette skrev du")[2].partition("</main")[0])
    assert re.sub(r"\s*\|[\s|]*", "|", said).strip("|").split("|")[1:] == [
        "Når var det?", "14. januar 2026", "Hva slags kontakt?", "Møte",
        "Det var om natten", "Ja", "Notat", "Vi gikk en lang tur",
    ]  # fmt: skip


def test_what_is_under_way_is_found_by_a_second_press_and_not_begun_again(form_desk: FormDesk) -> None:
    match = form_desk.active_match()
    solveig = form_desk.browser("solveig")
    pressed = {**solveig.get(f"/start/closure?om=match:{match.id}").hidden()}
    first = solveig.post("/start/closure", pressed).path
    assert solveig.post("/start/closure", pressed).path == first
    assert solveig.get(f"/start/closure?om=match:{match.id}").status == 409
    assert runs(form_desk) == 1


def test_nobody_can_type_so_much_that_it_cannot_be_taken_in(nora: Browser) -> None:
    """Twice the limit, so that a pasted text is called too long and not cut."""
    nora.get(FORM)
    assert 'name="wishes" rows="4" maxlength="4000"' in nora.source
    assert re.search(r'name="participant_name" type="text"[^>]* maxlength="200"', nora.source)


@pytest.mark.parametrize("day", ["1899-12-31", "2101-01-01", "0001-01-01", "01.01.1066"])
def test_a_day_of_another_age_is_refused(form_desk: FormDesk, day: str) -> None:
    berit = form_desk.browser("berit")
    berit.send(f"/skjema/contact_log?om=match:{form_desk.active_match().id}", {"on": day, "kind": "meeting"})
    assert berit.status == 422
    assert "Skriv en dato i «Når var det?»" in berit.page


def test_enter_in_a_field_presses_the_buttons_of_the_form_and_no_language(nora: Browser) -> None:
    """A browser takes the first button in the page that belongs to the form."""
    first = re.search(r'<button[^>]*form="skjema"[^>]*>|<form[^>]*id="skjema"', nora.get(FORM).source)
    assert first is not None
    assert "form-first-button" in first[0]
    assert 'form="skjema"' in first[0]
    assert "_language" not in first[0]
