"""From page to page, a last look, and signatures: without script, with drafts, and never a step that loses anything."""

from __future__ import annotations

import html
import re

import pytest

from forms_service.domain.people import Role
from forms_service.engine.links import token_for
from forms_service.engine.service import Actor, Subject
from forms_service.engine.submit import start_with_button
from forms_service.storage.drafts import DraftRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import LinkRow, SubmissionRow
from forms_service.web.forms.seal import ServiceSeal
from tests.integration.forms.form_desk import Browser, FormDesk
from tests.integration.forms.test_drafts import publish
from tests.integration.forms.test_task import AGREED, MEETING, meeting, solveig

__all__ = ["meeting", "solveig"]
NAMES = {"by_participant": "Ánne Liv Strand", "by_peer": "Berit Å", "by_coordinator": "Solveig"}


class Walker:
    """Whoever fills in a form page by page: a browser that sends all that stands in the form."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.browser.get(address)

    @property
    def page(self) -> str:
        return self.browser.page

    @property
    def at(self) -> str:
        answer = self.browser.answer
        assert answer is not None
        return answer.request.args.get("steg", "")

    def press(self, button: str = "", **typed: str) -> Walker:
        do = {"_do": button} if button else {}
        self.browser.post(self.address, {**self.standing(), **typed, **do})
        return self

    def standing(self) -> dict[str, str]:
        """What the form holds: hidden fields, chosen radios, texts."""
        source = self.browser.source
        chosen = re.findall(r'name="([a-z0-9_]+)" type="radio" value="([^"]*)"\s+checked', source)
        texts = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n([^<]*)</textarea>', source)
        lines = re.findall(
            r'<input class="ds-input" id="[^"]+" name="([^"]+)" type="(?:text|date|time|tel|email)" value="([^"]*)"',
            source,
        )
        typed = {name: html.unescape(value) for name, value in [*texts, *lines, *chosen] if value}
        return {**self.browser.hidden(), **typed}

    def visible(self) -> set[str]:
        """The questions that stand on the page, none when all of them are looked at."""
        steps = re.split('<div class="form-step"', self.browser.source)[1:]
        shown = [part for part in steps if not part.split(">", 1)[0].endswith("hidden")]
        return set(re.findall(r'data-question="([^"]+)"(?! hidden)(?! data-decides hidden)', "".join(shown)))


@pytest.fixture
def evaluation(form_desk: FormDesk) -> Walker:
    """The link with which a participant evaluates herself."""
    match = form_desk.active_match()
    _begin_evaluation(form_desk, match)
    link = form_desk.rows(LinkRow)[-1]
    return Walker(form_desk.browser(), f"/l/{token_for(form_desk.rt, link.id)}")


def _begin_evaluation(form_desk: FormDesk, match: Subject) -> None:
    start_with_button(form_desk.rt, "six_month_evaluation", "n", match, Actor("solveig", "coordinator"))
    form_desk.work_all()
    form_desk.pass_time(days=200)


def answered(form_desk: FormDesk, form: str) -> list[dict[str, object]]:
    return [row.answers for row in form_desk.rows(SubmissionRow, SubmissionRow.form == form)]


def test_each_page_has_its_own_address_and_the_way_back_keeps_what_was_typed(evaluation: Walker) -> None:
    assert "Steg 1 av 5" in evaluation.page
    first = evaluation.visible()
    evaluation.press("next", less_isolated="4")
    assert (evaluation.at, "Steg 2 av 5" in evaluation.page) == ("2", True)
    assert not evaluation.visible() & first
    evaluation.press("back", plans_happen="2")
    assert evaluation.at == "1"
    assert {"less_isolated": "4", "plans_happen": "2"}.items() <= evaluation.standing().items()


def test_all_answers_are_looked_at_before_they_are_sent(form_desk: FormDesk, evaluation: Walker) -> None:
    evaluation.press("next", less_isolated="4").press("next").press("next")
    evaluation.press("next", own_words="Turene.\nOg hunden.")
    assert evaluation.at == "se-over"
    assert evaluation.visible() == set()
    assert "Litt enig" in evaluation.page
    assert "Turene.\nOg hunden." in evaluation.page
    assert answered(form_desk, "self_evaluation") == []
    evaluation.press()
    stored = answered(form_desk, "self_evaluation")
    assert [(each["less_isolated"], each["own_words"]) for each in stored] == [("4", "Turene.\nOg hunden.")]
    assert form_desk.count(DraftRow) == 0


def test_whoever_changes_an_answer_comes_straight_back_to_the_last_look(evaluation: Walker) -> None:
    evaluation.press("next", less_isolated="4").press("next").press("next").press("next")
    evaluation.press("to:2")
    assert evaluation.at == "2"
    evaluation.press("next", plans_happen="5")
    assert evaluation.at == "se-over"
    assert "Helt enig" in evaluation.page


def test_a_link_that_is_opened_again_goes_on_where_it_was_left(form_desk: FormDesk, evaluation: Walker) -> None:
    evaluation.press("next", less_isolated="4").press("draft", plans_happen="2")
    again = Walker(form_desk.browser(), evaluation.address)
    assert "Steg 2 av 5" in again.page
    assert "Du fortsetter på et utkast" in again.page
    assert "Du fortsetter på et utkast" not in again.press("next").page


def test_a_last_look_is_not_given_before_all_is_answered(solveig: Browser, meeting: str) -> None:
    walker = Walker(solveig, meeting)
    walker.press("draft", met_on="2026-01-15")
    solveig.get(f"{meeting}?steg=se-over")
    assert "Se over svarene" not in walker.page
    assert {"met_on", "decision"} <= walker.visible()
    assert Walker(solveig, f"{meeting}?steg=99").visible() == walker.visible()


def test_what_is_wrong_on_a_page_is_put_right_before_the_next(solveig: Browser, meeting: str) -> None:
    walker = Walker(solveig, meeting).press("next", met_on="2026-01-15")
    assert solveig.status == 422
    assert "Velg om dere vil begynne" in walker.page
    walker.press("next", **MEETING)
    assert "Svarene gir 10 spørsmål til" in walker.page
    walker.press("next", **{**AGREED, "goal_1": ""})
    assert "Skriv minst ett mål" in walker.page
    walker.press("next", **AGREED)
    assert walker.at == "se-over"


@pytest.fixture
def agreed(solveig: Browser, meeting: str) -> Walker:
    """The meeting filled in, and looked at."""
    return Walker(solveig, meeting).press("next", **MEETING).press("next", **AGREED, internal_note="BARE FOR OSS")


def test_what_is_internal_is_not_shown_to_those_who_sign(agreed: Walker) -> None:
    assert "Trene" in agreed.page
    assert "BARE FOR OSS" not in re.sub(r"<textarea.*?</textarea>", "", agreed.page, flags=re.DOTALL)


def test_an_agreement_is_stored_with_everybody_who_signed_it(form_desk: FormDesk, agreed: Walker) -> None:
    for name, person in NAMES.items():
        agreed.press(f"sign:{name}", **{f"{name}-name": person})
        assert f"{person}, " in agreed.page
    agreed.press()
    stored = answered(form_desk, "matching_meeting")[0]
    assert [stored[name]["name"] for name in NAMES] == list(NAMES.values())  # type: ignore[index]
    assert [stored[name]["role"] for name in NAMES] == ["participant", "peer", "coordinator"]  # type: ignore[index]
    assert len({stored[name]["digest"] for name in NAMES}) == 1  # type: ignore[index]
    assert stored["by_caseworker"] is None


def test_the_one_who_has_not_signed_is_told_of_and_nothing_is_sent(form_desk: FormDesk, agreed: Walker) -> None:
    agreed.press("sign:by_peer", **{"by_peer-name": "Berit Å"}).press()
    assert agreed.browser.status == 422
    assert "Deltakeren må signere avtalen" in agreed.page
    assert "Likemannen må signere avtalen" not in agreed.page
    assert answered(form_desk, "matching_meeting") == []


def test_a_signature_without_a_name_is_asked_for_in_words(agreed: Walker) -> None:
    agreed.press("sign:by_peer", **{"by_peer-drawn": "M1 1L20 30"})
    assert agreed.browser.status == 422
    assert "Skriv navnet til «Likemann»" in agreed.page
    agreed.press("sign:by_peer", **{"by_peer-name": "Berit", "by_peer-drawn": '"><script>'})
    assert "Tegningen til «Likemann» kan ikke leses" in agreed.page


def test_whoever_signs_is_told_so_at_her_signature_and_the_next_goes_on_from_there(agreed: Walker) -> None:
    told = re.compile(r'<div class="ds-alert"[^>]* role="status" tabindex="-1" autofocus>([^<]*)</div>')
    for name, person in NAMES.items():
        agreed.press(f"sign:{name}", **{f"{name}-name": person})
        assert told.findall(agreed.page) == [f"{person} har signert."]
        following = agreed.browser.source.partition("har signert.")[2]
        assert '<p class="form-signed-by">' in following[:60]
        assert f'name="{name}-sealed"' in following
    agreed.press("to:1").press("next")
    assert (agreed.at, told.findall(agreed.page)) == ("se-over", [])


@pytest.mark.parametrize("name", ["\u200b", "\u3164", "\u00ad"])
def test_nobody_signs_with_a_name_that_cannot_be_seen(agreed: Walker, name: str) -> None:
    agreed.press("sign:by_peer", **{"by_peer-name": name})
    assert agreed.browser.status == 422
    assert "Skriv navnet til «Likemann»" in agreed.page


def test_a_change_withdraws_what_was_signed(form_desk: FormDesk, agreed: Walker) -> None:
    agreed.press("sign:by_peer", **{"by_peer-name": "Berit Å"}).press("to:1").press("next", goal_1="Noe annet")
    assert "Svarene er endret etter at Berit Å signerte" in agreed.page
    agreed.press()
    assert "Likemannen må signere avtalen" in agreed.page
    assert answered(form_desk, "matching_meeting") == []


def test_one_wrong_choice_and_a_step_to_another_page_cost_nothing(agreed: Walker) -> None:
    agreed.press("to:1").press("next", decision="not_match")
    assert agreed.at == "se-over"
    agreed.press("to:1").press("more", decision="start")
    assert agreed.standing()["goal_1"] == "Trene"


def test_what_does_not_apply_any_more_is_not_sent(form_desk: FormDesk, agreed: Walker) -> None:
    agreed.press("to:1").press("next", decision="not_match").press()
    stored = answered(form_desk, "matching_meeting")[0]
    assert (stored["decision"], stored["goal_1"]) == ("not_match", None)
    assert form_desk.count(DraftRow) == 0


def test_a_signature_is_of_one_version_and_counts_for_one_sending(
    form_desk: FormDesk, solveig: Browser, agreed: Walker
) -> None:
    agreed.press("sign:by_peer", **{"by_peer-name": "Berit Å"})
    assert "Berit Å, <time" in agreed.press("draft").page
    standing = agreed.standing()
    for other in ({"_nonce": "00000000-0000-4000-8000-000000000000"}, {"_version": "another"}):
        solveig.post(agreed.address, {**standing, **other})
        assert answered(form_desk, "matching_meeting") == []
    solveig.post(agreed.address, {**standing, "_nonce": "0" * 32, "_do": "more"})
    assert "Berit Å, <time" not in agreed.page


def test_a_note_for_the_coordinator_withdraws_nothing(agreed: Walker) -> None:
    agreed.press("sign:by_peer", **{"by_peer-name": "Berit Å"}).press("to:1").press("next", internal_note="Mer")
    assert "Berit Å, <time" in agreed.page


def test_a_signature_can_be_taken_back_and_the_others_stay(agreed: Walker) -> None:
    for name, person in NAMES.items():
        agreed.press(f"sign:{name}", **{f"{name}-name": person})
    agreed.press(_clear="by_peer")
    assert "Berit Å, <time" not in agreed.page
    assert "Ánne Liv Strand, <time" in agreed.page
    assert "Solveig, <time" in agreed.press("draft").page


def test_the_last_look_stays_what_it_is_in_another_language(agreed: Walker) -> None:
    agreed.press("sign:by_peer", **{"by_peer-name": "Berit Å"})
    agreed.press(_language="en")
    assert "Berit Å, <time" in agreed.page


def test_signatures_are_kept_with_the_draft(solveig: Browser, agreed: Walker) -> None:
    agreed.press("sign:by_peer", **{"by_peer-name": "Berit Å", "by_peer-drawn": "M1 1L20 30"})
    solveig.get(f"{agreed.address}?steg=se-over")
    assert "Berit Å, <time" in agreed.page
    assert 'd="M1 1L20 30"' in agreed.page


def test_a_seal_opens_only_where_it_was_closed() -> None:
    content = {
        "question": "by_peer",
        "name": "Berit Å",
        "role": "peer",
        "at": "2026-01-15",
        "digest": "00",
        "drawing": "",
    }
    closed = ServiceSeal("secret", "task:1").close(content)
    assert ServiceSeal("secret", "task:1").open(closed) == content
    assert ServiceSeal("secret", "task:2").open(closed) is None
    assert ServiceSeal("another", "task:1").open(closed) is None
    assert ServiceSeal("secret", "task:1").open(closed[:-2]) is None


def test_one_persons_signature_is_not_anothers(form_desk: FormDesk, agreed: Walker) -> None:
    agreed.press("sign:by_participant", **{"by_participant-name": "Ánne Liv Strand"})
    seal = agreed.standing()["by_participant-sealed"]
    agreed.press(**{"by_peer-sealed": seal, "by_coordinator-sealed": seal})
    assert agreed.browser.status == 422
    assert answered(form_desk, "matching_meeting") == []


def test_what_was_signed_at_one_persons_screen_is_not_sent_from_anothers(
    form_desk: FormDesk, agreed: Walker, meeting: str
) -> None:
    for name, person in NAMES.items():
        agreed.press(f"sign:{name}", **{f"{name}-name": person})
    form_desk.town.change(PersonRow, "trond", role=Role.COORDINATOR)
    trond = form_desk.browser("trond").get(meeting)
    trond.post(meeting, {**agreed.standing(), "_whose": trond.hidden()["_whose"], "csrf_token": _token(trond)})
    assert trond.status == 422
    assert "Signaturen til «Deltaker» kan ikke leses. Signer på nytt" in trond.page
    assert answered(form_desk, "matching_meeting") == []


def _token(browser: Browser) -> str:
    return browser.hidden().get("csrf_token", "")


def test_a_name_that_was_typed_and_not_signed_is_asked_about(form_desk: FormDesk, agreed: Walker) -> None:
    for name, person in NAMES.items():
        agreed.press(f"sign:{name}", **{f"{name}-name": person})
    agreed.press(**{"by_caseworker-name": "Nora", "by_caseworker-drawn": "M1 1L20 30"})
    assert "Trykk på «Signer» for «Fagkonsulent»" in agreed.page
    assert answered(form_desk, "matching_meeting") == []
    agreed.press(**{"by_caseworker-name": "", "by_caseworker-drawn": ""})
    assert len(answered(form_desk, "matching_meeting")) == 1


def test_a_name_that_was_typed_waits_while_somebody_goes_back(agreed: Walker) -> None:
    agreed.press("to:1", **{"by_peer-name": "Berit Å", "by_peer-drawn": "M1 1L20 30"}).press("next")
    assert agreed.standing()["by_peer-name"] == "Berit Å"
    assert agreed.standing()["by_peer-drawn"] == "M1 1L20 30"


def test_what_is_no_signature_cannot_be_signed(solveig: Browser, agreed: Walker) -> None:
    assert agreed.press("sign:goal_1").browser.status == 200
    assert agreed.press("sign:finnes_ikke").browser.status == 200


def test_whoever_was_too_late_gets_her_words_back_from_any_page(
    form_desk: FormDesk, solveig: Browser, agreed: Walker
) -> None:
    held = {**agreed.standing(), "_do": "back"}
    for name, person in NAMES.items():
        agreed.press(f"sign:{name}", **{f"{name}-name": person})
    agreed.press()
    assert len(answered(form_desk, "matching_meeting")) == 1
    solveig.post(agreed.address, held)
    assert solveig.status == 409
    assert "Trene" in solveig.page


def test_a_link_that_is_withdrawn_gives_the_words_back_on_every_page(form_desk: FormDesk, evaluation: Walker) -> None:
    evaluation.press("next").press("next").press("next")
    link = form_desk.rows(LinkRow)[-1]
    with form_desk.rt.database.writing() as session:
        session.get_one(LinkRow, link.id).revoked_at = form_desk.clock.now()
    evaluation.press("next", own_words="Turene var best.")
    assert evaluation.browser.status == 410
    assert "Turene var best." in evaluation.page


def test_a_used_link_shows_no_form_and_keeps_nothing(form_desk: FormDesk, evaluation: Walker) -> None:
    for _ in range(4):
        evaluation.press("next")
    evaluation.press()
    evaluation.browser.post(evaluation.address, {"own_words": "Enda mer"})
    assert evaluation.browser.status == 410
    assert form_desk.count(DraftRow) == 0
    assert len(answered(form_desk, "self_evaluation")) == 1


@pytest.fixture
def wanting(form_desk: FormDesk) -> None:
    """The evaluation asks for the first answer once more."""
    publish(form_desk, "forms/self_evaluation.yaml", "label: Jeg er mindre alene enn før,", WANTED)


WANTED = "label: Jeg er mindre alene enn før, wanted: Er du mindre alene?,"


def test_nobody_is_asked_a_third_time_because_she_has_been_on_another_page(
    form_desk: FormDesk, wanting: None, evaluation: Walker
) -> None:
    evaluation.press("next")
    assert (evaluation.at, "Er du mindre alene?" in evaluation.page) == ("", True)
    assert evaluation.press("next").at == "2"
    assert evaluation.press("back").at == "1"
    assert "Er du mindre alene?" not in evaluation.page
    assert evaluation.press("next").at == "2"
    again = Walker(form_desk.browser(), f"{evaluation.address}?steg=1")
    again.address = evaluation.address
    assert again.press("next").at == "2"
