"""Drafts in a browser: never lose what was typed, show it to nobody else, and never write over what nobody has seen."""

from __future__ import annotations

import html
import logging
import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import event
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from forms_service.casework.vocabulary import PEER_SUPPORT
from forms_service.domain.people import Role
from forms_service.engine.calendar import Calendar
from forms_service.engine.drafts.discard import discard_old
from forms_service.engine.library import Library
from forms_service.engine.links import token_for
from forms_service.storage.cases import AccessRow, MatchRow
from forms_service.storage.drafts import DraftRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import DefinitionRow, LinkRow, RunRow, StepRow, SubmissionRow
from forms_service.web.current import EXTENSION
from tests.fixtures.files import a_pdf
from tests.integration.forms.form_desk import REQUEST, Browser, FormDesk
from tests.integration.forms.test_task import TALK, ask_her_to_read, closing_of

FORM = "/skjema/intake"
OPINION = {"opinion": "fine", "comment": "Det stemmer."}


@dataclass(slots=True)
class Tab:
    """A form that lies open in one tab, and writes by itself as the script does."""

    browser: Browser
    address: str
    carried: dict[str, str] = field(default_factory=dict)
    stroke: int = 0

    def open(self) -> Tab:
        self.browser.get(self.address)
        assert self.browser.status == 200, self.browser.page
        self.carried = {**self.browser.hidden(), **self.browser.all_shown()}
        return self

    def write(self, **typed: str) -> TestResponse:
        """What the page sends by itself; it takes over the marks that it is answered with."""
        self.stroke += 1
        sent = {**self.carried, **typed, "_do": "draft", "_stroke": str(self.stroke)}
        answer = self.browser.client.post(self.address, data=sent, headers={"HX-Request": "true"})
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.text)
        if "Forms-Draft" in answer.headers:
            self.carried.update({name: html.unescape(value) for name, value in found})
        return answer

    def press(self, button: str = "", **typed: str) -> Browser:
        do = {"_do": button} if button else {}
        return self.browser.post(self.address, {**self.carried, **typed, **do, "_stroke": str(self.stroke)})


@pytest.fixture
def nora(form_desk: FormDesk) -> Browser:
    return form_desk.browser("nora")


@pytest.fixture
def tab(nora: Browser) -> Tab:
    return Tab(nora, FORM).open()


@pytest.fixture
def solveig(form_desk: FormDesk) -> Browser:
    return form_desk.browser("solveig")


@pytest.fixture
def closing(form_desk: FormDesk, solveig: Browser) -> str:
    return closing_of(form_desk.active_match(), solveig)


@pytest.fixture
def link(form_desk: FormDesk, solveig: Browser, closing: str) -> str:
    ask_her_to_read(form_desk, solveig, closing)
    return f"/l/{token_for(form_desk.rt, form_desk.rows(LinkRow)[0].id)}"


def drafts(form_desk: FormDesk) -> list[DraftRow]:
    return form_desk.rows(DraftRow)


def typed_in(row: DraftRow) -> dict[str, str]:
    return dict(row.typed)


def publish(form_desk: FormDesk, file: str, old: str, new: str) -> None:
    """A new version of one file, as after an update of the folder and a new start."""
    files = dict(form_desk.rt.library.files)
    assert old in files[file]
    library = Library({**files, file: files[file].replace(old, new)}, PEER_SUPPORT)
    with form_desk.rt.database.writing() as session:
        library.publish(session, form_desk.clock.now())
    form_desk.rt = replace(form_desk.rt, library=library)
    form_desk.app.extensions[EXTENSION] = form_desk.rt


def test_what_was_typed_stands_there_when_the_form_is_opened_again(form_desk: FormDesk, tab: Tab) -> None:
    answer = tab.write(participant_name="Ánne Liv", birth_year="nitten", wishes="Linje\r\nlinje")
    assert answer.status_code == 200
    assert "Lagret kl. 10:00" in answer.text
    page = form_desk.browser("nora").get(FORM)
    assert "Du fortsetter på et utkast fra" in page.page
    assert 'value="Ánne Liv"' in page.page
    assert 'value="nitten"' in page.source
    assert "Linje\nlinje" in page.page


def test_it_is_kept_exactly_as_typed(form_desk: FormDesk, tab: Tab) -> None:
    tab.write(participant_name="  Ánne \x00\u202e ", birth_year="1986,5")
    kept = typed_in(drafts(form_desk)[0])
    assert kept["participant_name"] == "  Ánne \x00\u202e "
    assert kept["birth_year"] == "1986,5"


def test_nothing_is_kept_that_was_not_asked(form_desk: FormDesk, tab: Tab) -> None:
    tab.write(participant_name="Liv", unknown="x", caseworker="nils")
    assert set(typed_in(drafts(form_desk)[0])) == {"participant_name"}


def test_what_does_not_apply_any_more_is_kept_as_long_as_the_draft(
    form_desk: FormDesk, solveig: Browser, closing: str
) -> None:
    """One wrong choice does not cost what was written below it."""
    tab = Tab(solveig, closing).open()
    hidden = set(re.findall(r'data-question="([^"]+)"[^>]* hidden', solveig.source))
    assert hidden
    tab.write(**dict.fromkeys(hidden, "2026-01-15"), internal_note="synlig")
    assert set(typed_in(drafts(form_desk)[0])) == {"internal_note", *hidden} - {"died_note"}


def test_every_post_keeps_what_it_brings_also_when_it_is_wrong(form_desk: FormDesk, tab: Tab) -> None:
    assert tab.press(participant_name="Liv", birth_year="nitten").status == 422
    assert typed_in(drafts(form_desk)[0])["birth_year"] == "nitten"
    assert 'value="nitten"' in form_desk.browser("nora").get(FORM).source


def test_without_script_a_button_keeps_the_draft_and_says_so(form_desk: FormDesk, tab: Tab) -> None:
    page = tab.press("draft", participant_name="Liv")
    assert page.status == 200
    assert "Utkastet er lagret" in page.page
    assert 'value="Liv"' in page.source
    assert "For å gå videre" not in page.page
    assert len(drafts(form_desk)) == 1


def test_after_sending_the_draft_is_gone(form_desk: FormDesk, tab: Tab) -> None:
    tab.write(**REQUEST)
    assert tab.press(**REQUEST).path.startswith("/kvittering/")
    assert drafts(form_desk) == []
    assert "Du fortsetter" not in tab.browser.get(FORM).page


def test_a_draft_that_outlived_its_sending_is_not_shown_again(form_desk: FormDesk, tab: Tab) -> None:
    """As after a crash between the two."""
    tab.write(**REQUEST)
    kept = drafts(form_desk)[0]
    tab.press(**REQUEST)
    with form_desk.rt.database.writing() as session:
        session.merge(kept)
    assert "Du fortsetter" not in tab.browser.get(FORM).page
    assert "Du har ingen utkast" in tab.browser.get("/utkast").page
    Tab(tab.browser, FORM).open().write(participant_name="En annen")
    assert [typed_in(row)["participant_name"] for row in drafts(form_desk)] == ["En annen"]


def test_a_writing_that_arrives_after_the_sending_brings_no_draft_back(form_desk: FormDesk, tab: Tab) -> None:
    other = Tab(tab.browser, FORM, dict(tab.carried))
    tab.press(**REQUEST)
    answer = other.write(participant_name="For sent")
    assert (answer.status_code, answer.headers["Forms-Draft"]) == (200, "sent")
    assert "er sendt fra en annen fane" in answer.text
    assert drafts(form_desk) == []


def test_beginning_anew_is_asked_about_first(form_desk: FormDesk, tab: Tab) -> None:
    tab.write(participant_name="Liv")
    asked = Tab(tab.browser, FORM).open().press("anew", participant_name="Liv Marie")
    assert "Vil du begynne på nytt?" in asked.page
    assert typed_in(drafts(form_desk)[0])["participant_name"] == "Liv Marie"
    asked.post(FORM, {**asked.hidden(), "_do": "discard"})
    assert drafts(form_desk) == []
    assert "Liv" not in re.sub(r"<footer.*", "", asked.page.partition("<main")[2])


def test_two_tabs_never_write_over_each_other_in_silence(form_desk: FormDesk, nora: Browser) -> None:
    one, two = Tab(nora, FORM).open(), Tab(nora, FORM).open()
    one.write(participant_name="Første")
    answer = two.write(participant_name="Andre")
    assert (answer.status_code, answer.headers["Forms-Draft"]) == (409, "conflict")
    assert "Utkastet er endret et annet sted" in answer.text
    row = drafts(form_desk)[0]
    assert (row.typed, row.beside) == ([["participant_name", "Første"]], [["participant_name", "Andre"]])


def test_keeping_mine_writes_over_the_other_on_purpose_and_the_other_is_kept_beside(
    form_desk: FormDesk, nora: Browser
) -> None:
    one, two = Tab(nora, FORM).open(), Tab(nora, FORM).open()
    one.write(participant_name="Første")
    two.write(participant_name="Andre")
    page = two.press("keep", participant_name="Andre igjen")
    assert page.status == 200
    row = drafts(form_desk)[0]
    assert (typed_in(row)["participant_name"], row.beside) == ("Andre igjen", [["participant_name", "Første"]])
    assert "Vis det som ble skrevet et annet sted" in page.page


def test_showing_the_other_loses_neither_and_can_be_undone(form_desk: FormDesk, nora: Browser) -> None:
    one, two = Tab(nora, FORM).open(), Tab(nora, FORM).open()
    one.write(participant_name="Første")
    two.write(participant_name="Andre")
    page = two.press("other", participant_name="Andre igjen")
    assert 'value="Første"' in page.page
    back = Tab(nora, FORM).open().press("other", participant_name="Første")
    assert 'value="Andre igjen"' in back.page
    assert drafts(form_desk)[0].beside == [["participant_name", "Første"]]


def test_sending_over_something_never_shown_is_asked_about_first(form_desk: FormDesk, nora: Browser) -> None:
    one, two = Tab(nora, FORM).open(), Tab(nora, FORM).open()
    one.write(participant_name="Skrevet på telefonen")
    page = two.press(**REQUEST)
    assert page.status == 409
    assert "Utkastet er endret et annet sted" in page.page
    assert form_desk.count(RunRow) == 0
    kept = Tab(nora, FORM, {**page.hidden(), **page.all_shown()}).press("keep", **REQUEST)
    nora.post(FORM, {**kept.hidden(), **kept.all_shown(), **REQUEST})
    assert nora.path.startswith("/kvittering/")


def test_two_devices_send_the_same_form_and_not_two(form_desk: FormDesk) -> None:
    one, two = Tab(form_desk.browser("nora"), FORM).open(), Tab(form_desk.browser("nora"), FORM).open()
    one.write(**REQUEST)
    two.press("keep", **REQUEST)
    assert one.carried["_nonce"] != two.carried["_nonce"]
    two.open()
    one.press(**REQUEST)
    two.press(**REQUEST)
    assert form_desk.count(RunRow) == 1


def test_a_page_whose_answer_got_lost_is_not_in_conflict_with_itself(form_desk: FormDesk, tab: Tab) -> None:
    before = dict(tab.carried)
    tab.write(participant_name="L")
    tab.carried = before
    assert tab.write(participant_name="Liv").status_code == 200
    assert typed_in(drafts(form_desk)[0])["participant_name"] == "Liv"


def test_a_late_writing_does_not_go_over_a_newer_one(form_desk: FormDesk, tab: Tab) -> None:
    late = Tab(tab.browser, FORM, dict(tab.carried))
    tab.write(participant_name="L")
    tab.write(participant_name="Liv")
    assert late.write(participant_name="gammelt").status_code == 200
    row = drafts(form_desk)[0]
    assert (typed_in(row)["participant_name"], row.beside) == ("Liv", None)


def test_a_draft_deleted_and_begun_anew_elsewhere_is_not_written_over(form_desk: FormDesk, nora: Browser) -> None:
    one = Tab(nora, FORM).open()
    one.write(participant_name="Gammel")
    row = drafts(form_desk)[0]
    nora.get(f"/utkast/{row.id}/slett")
    nora.post(f"/utkast/{row.id}/slett", nora.hidden())
    Tab(nora, FORM).open().write(participant_name="Ny")
    assert one.write(participant_name="Gammel igjen").status_code == 409
    assert typed_in(drafts(form_desk)[0])["participant_name"] == "Ny"


def test_a_draft_is_finished_on_the_version_it_was_begun_on(form_desk: FormDesk, tab: Tab) -> None:
    tab.write(participant_name="Liv")
    publish(form_desk, "forms/intake.yaml", "label: Navn,", "label: Hva heter hun,")
    again = Tab(form_desk.browser("nora"), FORM).open()
    assert "Hva heter hun" not in again.browser.page
    again.press(**REQUEST)
    run = form_desk.rows(RunRow)[0]
    assert form_desk.rows(DefinitionRow, DefinitionRow.id == run.definition_id)[0].version == 1
    assert "Hva heter hun" in again.browser.get(FORM).page


def test_a_page_that_lay_open_is_sent_on_its_version_also_without_a_draft(form_desk: FormDesk, tab: Tab) -> None:
    publish(form_desk, "forms/intake.yaml", "label: Navn,", "label: Hva heter hun,")
    tab.press(**REQUEST)
    run = form_desk.rows(RunRow)[0]
    assert form_desk.rows(DefinitionRow, DefinitionRow.id == run.definition_id)[0].version == 1


def test_nobody_starts_on_an_old_version_by_asking_for_it(form_desk: FormDesk, tab: Tab) -> None:
    publish(form_desk, "forms/intake.yaml", "label: Navn,", "label: Hva heter hun,")
    form_desk.clock.move(timedelta(days=31))
    page = tab.press("draft", participant_name="Liv")
    assert "Hva heter hun" in page.page
    again = Tab(form_desk.browser("nora"), FORM, tab.carried)
    again.carried.update(again.browser.get(FORM).hidden() | {"_version": tab.carried["_version"]})
    assert "Skjemaet er endret siden du åpnet det" in again.press(**REQUEST).page
    assert form_desk.rows(RunRow) == []
    again.carried.update(again.browser.hidden())
    again.press(**REQUEST)
    run = form_desk.rows(RunRow)[0]
    assert form_desk.rows(DefinitionRow, DefinitionRow.id == run.definition_id)[0].version == 2


@pytest.mark.parametrize("workflow", ["contact_log", "pause"])
def test_the_version_of_another_workflow_counts_for_nothing(form_desk: FormDesk, tab: Tab, workflow: str) -> None:
    other = form_desk.rows(DefinitionRow, DefinitionRow.workflow == workflow)[0]
    tab.carried["_version"] = other.id
    assert tab.press(**REQUEST).status == 409
    tab.carried.update(tab.browser.hidden())
    tab.press(**REQUEST)
    run = form_desk.rows(RunRow)[0]
    assert form_desk.rows(DefinitionRow, DefinitionRow.id == run.definition_id)[0].workflow == "intake"


def test_a_draft_of_a_version_that_cannot_be_read_any_more_stands_in_the_newest(form_desk: FormDesk, tab: Tab) -> None:
    tab.write(participant_name="Liv")
    old = drafts(form_desk)[0].definition_id
    publish(form_desk, "forms/intake.yaml", "label: Navn,", "label: Hva heter hun,")
    form_desk.town.change(DefinitionRow, old, files={"intake.yaml": "workflow: [", "forms/intake.yaml": "x"})
    page = form_desk.browser("nora").get(FORM)
    assert page.status == 200
    assert "Skjemaet er endret siden" in page.page
    assert 'value="Liv"' in page.source


@pytest.mark.parametrize("kept", [True, False], ids=["draft", "open page"])
def test_a_file_for_a_question_of_the_version_that_was_begun_on_has_room(
    form_desk: FormDesk, nora: Browser, kept: bool
) -> None:
    name = "      - {name: participant_phone"
    publish(form_desk, "forms/intake.yaml", name, f"      - {{name: letter, label: Brev, type: file}}\n{name}")
    tab = Tab(nora, FORM).open()
    if kept:
        tab.write(participant_name="Liv")
    publish(form_desk, "forms/intake.yaml", "      - {name: letter, label: Brev, type: file}\n", "")
    letter = FileStorage(BytesIO(a_pdf() + b"\0" * 1_500_000), "brev.pdf")
    boundary, body = encode_multipart({**tab.carried, **REQUEST, "letter-file": letter})
    answer = nora.client.post(FORM, data=body, content_type=f"multipart/form-data; boundary={boundary}")
    assert (answer.status_code, form_desk.rows(SubmissionRow)[0].answers["letter"]["name"]) == (303, "brev.pdf")


def test_mine_tells_what_is_kept_until_when_and_leads_back(form_desk: FormDesk, tab: Tab) -> None:
    tab.write(participant_name="Liv")
    page = tab.browser.get("/oppgaver")
    assert "Mine utkast (1)" in page.page
    page.get("/utkast")
    assert "Forespørsel om likemann" in page.page
    assert "Lagret 15. januar 2026 kl. 10:00" in " ".join(re.sub(r"<[^>]+>", "", page.page).split())
    assert "Slettes 14. februar 2026" in " ".join(re.sub(r"<[^>]+>", "", page.page).split())
    assert f'href="{FORM}"' in page.source
    assert "Liv" not in page.page.partition("<main")[2].partition("</main")[0]


def test_a_draft_can_be_deleted_from_the_list(form_desk: FormDesk, tab: Tab) -> None:
    tab.write(participant_name="Liv")
    address = f"/utkast/{drafts(form_desk)[0].id}/slett"
    page = tab.browser.get(address)
    assert "Vil du slette utkastet?" in page.page
    page.post(address, page.hidden())
    assert "Utkastet er slettet" in page.page
    assert drafts(form_desk) == []


@pytest.mark.parametrize("who", ["nils", "solveig", "astrid", "trond", "berit"])
def test_a_draft_is_seen_by_nobody_else(form_desk: FormDesk, tab: Tab, who: str) -> None:
    tab.write(participant_name="Bare for Nora")
    other = form_desk.browser(who)
    assert "Du har ingen utkast" in other.get("/utkast").page
    address = f"/utkast/{drafts(form_desk)[0].id}/slett"
    assert other.get(address).status == 404
    assert other.post(address, other.get("/oppgaver").hidden()).status == 404
    assert "Bare for Nora" not in other.get(FORM).page
    assert len(drafts(form_desk)) == 1


def test_nobody_writes_into_somebody_elses_draft(form_desk: FormDesk, tab: Tab) -> None:
    tab.write(participant_name="Noras")
    nils = Tab(form_desk.browser("nils"), FORM, tab.carried)
    nils.write(participant_name="Inntrenger")
    assert [typed_in(row)["participant_name"] for row in drafts(form_desk)] == ["Noras"]


def test_a_post_from_another_site_keeps_nothing(form_desk: FormDesk, nora: Browser) -> None:
    answer = nora.client.post(FORM, data={"_do": "draft", "participant_name": "x"}, headers={"HX-Request": "true"})
    assert answer.status_code == 503
    assert drafts(form_desk) == []


def test_the_two_who_share_a_task_have_a_draft_each(form_desk: FormDesk) -> None:
    form_desk.browser("nora").send(FORM, REQUEST)
    form_desk.work_all()
    task = form_desk.task("conversation")
    form_desk.town.change(StepRow, task.id, role="caseworker", office_id="nord", person_id=None)
    address = f"/oppgaver/{task.id}"
    for who in ("nora", "nils"):
        Tab(form_desk.browser(who), address).open().write(wishes=f"Fra {who}")
    assert "Fra nora" in form_desk.browser("nora").get(address).page
    assert "Fra nora" not in form_desk.browser("nils").get(address).page


def test_a_draft_about_a_case_that_is_not_hers_any_more_is_neither_shown_nor_opened(form_desk: FormDesk) -> None:
    match = form_desk.active_match()
    about = f"?om=match:{match.id}"
    peer = form_desk.rows(MatchRow, MatchRow.id == match.id)[0].peer_id
    berit = form_desk.browser(peer)
    tab = Tab(berit, f"/skjema/contact_log{about}").open()
    tab.write(internal_note="Fortrolig")
    assert "Sak" in berit.get("/utkast").page
    form_desk.town.change(MatchRow, match.id, status="ended")
    assert "Du har ingen utkast" in berit.get("/utkast").page
    assert berit.get(f"/skjema/contact_log{about}").status == 404
    assert berit.get(f"/utkast/{drafts(form_desk)[0].id}/slett").status == 404


def test_whoever_changes_role_sees_the_drafts_of_the_old_one_no_more(form_desk: FormDesk, tab: Tab) -> None:
    tab.write(participant_name="Liv")
    form_desk.town.change(PersonRow, "nora", role=Role.ADMIN)
    assert "Du har ingen utkast" in form_desk.browser("nora").get("/utkast").page


def test_a_draft_of_a_task_that_somebody_else_has_answered_can_be_read_and_deleted(
    form_desk: FormDesk, solveig: Browser
) -> None:
    closing = closing_of(form_desk.active_match(), solveig)
    Tab(solveig, closing).open().write(internal_note="Mitt")
    form_desk.town.change(StepRow, closing.rpartition("/")[2], status="done")
    assert "Noen andre har svart" in solveig.get("/utkast").page
    row = drafts(form_desk)[0]
    solveig.get(f"/utkast/{row.id}/slett")
    solveig.post(f"/utkast/{row.id}/slett", solveig.hidden())
    assert form_desk.count(DraftRow) == 0


def test_words_sent_after_signing_out_come_back_and_go_into_the_draft(form_desk: FormDesk, tab: Tab) -> None:
    tab.write(participant_name="Liv")
    tab.browser.client.delete_cookie("session")
    assert tab.write(participant_name="Liv Strand").status_code == 401
    carried = tab.press("draft", participant_name="Liv Strand")
    assert "Du er blitt logget ut" in carried.page
    tab.browser.get("/inn")
    tab.browser.post("/inn", {**tab.browser.hidden(), "person": "nora"})
    assert tab.write(participant_name="Liv Strand igjen").status_code == 200
    assert tab.press(**REQUEST).path.startswith("/kvittering/")


def test_a_guest_gets_her_draft_back_on_the_same_link(form_desk: FormDesk, link: str) -> None:
    Tab(form_desk.browser(), link).open().write(comment="Nesten ferdig")
    again = form_desk.browser().get(link)
    assert "Nesten ferdig" in again.page
    assert "Du fortsetter på et utkast" in again.page
    again.post(link, {**again.hidden(), **again.all_shown(), **OPINION})
    assert again.path == f"{link}/takk"
    assert drafts(form_desk) == []
    assert [row.answers["comment"] for row in form_desk.rows(SubmissionRow, SubmissionRow.via == "link")] == [
        "Det stemmer."
    ]


def test_a_guests_words_are_hers_also_from_those_who_fill_the_form_in_with_her(form_desk: FormDesk, link: str) -> None:
    Tab(form_desk.browser(), link).open().write(comment="Bare mitt")
    step = form_desk.rows(LinkRow)[0].step_id
    assert "Bare mitt" not in form_desk.browser("solveig").get(f"/oppgaver/{step}").page


def test_a_guest_whose_link_is_withdrawn_sees_her_draft_no_more(form_desk: FormDesk, link: str) -> None:
    tab = Tab(form_desk.browser(), link).open()
    tab.write(comment="Nesten ferdig")
    form_desk.town.change(LinkRow, form_desk.rows(LinkRow)[0].id, revoked_at=form_desk.clock.now())
    assert "Nesten ferdig" not in form_desk.browser().get(link).page
    assert tab.write(comment="mer").status_code == 410


def test_a_draft_is_deleted_after_its_days_and_not_shown_a_day_longer(form_desk: FormDesk, tab: Tab) -> None:
    tab.write(participant_name="Liv")
    form_desk.clock.move(timedelta(days=29))
    tab.write(participant_name="Liv S")
    form_desk.clock.move(timedelta(days=29))
    assert discard_old(form_desk.rt) is False
    form_desk.clock.move(timedelta(days=2))
    assert "Du fortsetter" not in form_desk.browser("nora").get(FORM).page
    Calendar().look(form_desk.rt)
    assert drafts(form_desk) == []


def test_the_poller_forgets_a_draft_that_outlived_its_sending(form_desk: FormDesk, tab: Tab) -> None:
    tab.write(**REQUEST)
    kept = drafts(form_desk)[0]
    tab.press(**REQUEST)
    with form_desk.rt.database.writing() as session:
        session.merge(kept)
    assert discard_old(form_desk.rt) is True
    assert drafts(form_desk) == []


def test_ten_megabytes_are_refused_in_words_and_the_draft_stays(form_desk: FormDesk, tab: Tab) -> None:
    tab.write(participant_name="Liv")
    assert tab.write(participant_name="L" * 10_000_000).status_code == 413
    assert typed_in(drafts(form_desk)[0])["participant_name"] == "Liv"


def test_a_long_text_below_the_limit_is_kept_whole(form_desk: FormDesk, tab: Tab) -> None:
    tab.write(wishes="ø" * 150_000)
    assert len(typed_in(drafts(form_desk)[0])["wishes"]) == 150_000


def test_writing_while_the_database_is_away_says_so_and_is_tried_again(form_desk: FormDesk, tab: Tab) -> None:
    with form_desk.rt.database.engine.connect() as connection:
        connection.exec_driver_sql("ALTER TABLE draft RENAME TO gone")
        connection.commit()
    answer = tab.write(participant_name="Liv")
    assert answer.status_code == 503
    assert "Forms-Draft" not in answer.headers
    with form_desk.rt.database.engine.connect() as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO draft")
        connection.commit()
    assert tab.write(participant_name="Liv").status_code == 200


def test_writing_by_itself_is_no_look_at_the_case_and_asks_a_constant_number_of_questions(
    form_desk: FormDesk, solveig: Browser, closing: str, caplog: pytest.LogCaptureFixture
) -> None:
    tab = Tab(solveig, closing).open()
    tab.write(internal_note="Første")
    before = form_desk.count(AccessRow)
    asked: list[str] = []
    counts = []
    event.listen(form_desk.rt.database.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    with caplog.at_level(logging.DEBUG, "forms_service"):
        for number in range(5):
            asked.clear()
            tab.write(internal_note=f"Hemmelig {number}")
            counts.append(len(asked))
    assert form_desk.count(AccessRow) == before
    assert len(set(counts)) == 1
    assert counts[0] < 60
    assert "Hemmelig" not in caplog.text


def test_what_was_typed_is_given_back_when_the_workflow_is_not_offered_any_more(
    form_desk: FormDesk, solveig: Browser
) -> None:
    match = form_desk.active_match()
    address = f"/skjema/contact_log?om=match:{match.id}"
    Tab(solveig, address).open().write(internal_note="Det jeg skrev")
    form_desk.town.change(MatchRow, match.id, status="closed")
    page = solveig.get(address)
    assert page.status == 409
    assert "Det jeg skrev" in page.page


def test_addresses_bear_ids_only(form_desk: FormDesk, tab: Tab) -> None:
    tab.write(participant_name="Liv Strand")
    page = tab.browser.get("/utkast")
    assert re.findall(r'href="/utkast/([^"]+)/slett"', page.source) == [drafts(form_desk)[0].id]


def test_what_a_colleague_was_quicker_with_is_still_there_to_be_copied(form_desk: FormDesk, solveig: Browser) -> None:
    form_desk.browser("nora").send(FORM, REQUEST)
    form_desk.work_all()
    task = f"/oppgaver/{form_desk.task('conversation').id}"
    form_desk.town.change(PersonRow, "trond", role=Role.COORDINATOR)
    trond = form_desk.browser("trond")
    Tab(trond, task).open().write(wishes="Mine egne ord")
    solveig.send(task, TALK)
    assert "Noen andre har svart" in trond.get("/utkast").page
    assert "Mine egne ord" in trond.get(task).page
    assert form_desk.count(SubmissionRow, SubmissionRow.step_id.is_not(None)) == 1
