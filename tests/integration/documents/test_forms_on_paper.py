"""Every form prints, blank and filled in, as PDF/A-2a and PDF/UA-1, whatever its author or anybody else has written."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from forms_service.casework.vocabulary import PEER_SUPPORT
from forms_service.documents.forms import BLANK, FILLED, stamp_of
from forms_service.documents.press import Press
from forms_service.forms.context import Context
from forms_service.forms.paper.blank import blank_sheet
from forms_service.forms.paper.filled import filled_sheet
from forms_service.language.definitions import Field, Form, Section
from forms_service.language.files import read_files
from forms_service.language.load import load
from tests.fixtures.verapdf import VeraPdf
from tests.integration.documents.conftest import FOLDER, IDENTITY, letters, read
from tests.integration.documents.test_standards import ALL_AT_ONCE, HOSTILE, LONG
from tests.unit.forms.asking import a_field
from tests.unit.forms.every_type import ANSWERS, CONTEXT, an_answer_to_each, one_of_each

ROOT = Path(__file__).parents[3]
SHIPPED = load(read_files(ROOT / "workflows", FOLDER), PEER_SUPPORT).forms
SENT = {"by": "Nora Lie", "role": "fagkonsulent", "on": "2026-01-15", "at": "10.04", "via": "signed_in", "asked": ""}
WORST = ("emoji", "word", "control", "no font", "one long word", "many lines", "html", "template", "empty")
TYPED = {"confirm": True, "number": 3, "hours": 1.5, "date": "2026-01-15", "time": "09:30", "yes_no": "yes"}


def blank(press: Press, form: Form, context: Context = CONTEXT, case_number: str = "2026-0017") -> bytes:
    sheet = blank_sheet(form, context)
    return press.render(
        BLANK, {"sheet": sheet, "about": {"case_number": case_number}}, stamp_of(sheet, "4f1c09ab", DAY)
    )


def filled(
    press: Press, form: Form, answers: Mapping[str, Any], internal: bool = True, sent: Mapping[str, str] = SENT
) -> bytes:
    sheet = filled_sheet(form, CONTEXT, answers, with_internal=internal)
    data = {"sheet": sheet, "about": {"case_number": "2026-0017"}, "sent": sent}
    return press.render(FILLED, data, stamp_of(sheet, "4f1c09ab", DAY))


DAY = date(2026, 1, 15)


def an_answer(field: Field) -> object:
    if field.choices:
        first = next(iter(field.choices))
        return [first] if field.type == "choices" else first
    return TYPED.get(field.type, LONG if field.type == "paragraph" else "Et svar")


def written_everywhere(form: Form, text: str) -> Form:
    """The same form with the text for every word that its author wrote."""
    sections = (replace(each, title=text, help=text, fields=_with(each, text)) for each in form.sections)
    return replace(form, title=text, intro=text, sections=tuple(sections))


def _with(section: Section, text: str) -> tuple[Field, ...]:
    return tuple(
        replace(field, label=text, help=text, choices=dict.fromkeys(field.choices, text)) for field in section.fields
    )


@pytest.mark.parametrize("form", SHIPPED.values(), ids=SHIPPED)
def test_every_shipped_form_keeps_both_standards_blank_and_filled_in(
    press: Press, form: Form, verapdf: VeraPdf
) -> None:
    assert verapdf.broken_rules(blank(press, form, Context(), "")) == {}
    answers = {field.name: an_answer(field) for field in form.fields()}
    assert verapdf.broken_rules(filled(press, form, answers)) == {}


def test_every_type_of_question_prints(press: Press, verapdf: VeraPdf) -> None:
    form = one_of_each()
    assert verapdf.broken_rules(blank(press, form)) == {}
    assert verapdf.broken_rules(filled(press, form, an_answer_to_each())) == {}
    assert verapdf.broken_rules(filled(press, form, {})) == {}


@pytest.mark.parametrize("text", [*(HOSTILE[name] for name in WORST), ALL_AT_ONCE], ids=[*WORST, "all at once"])
def test_any_text_keeps_both_standards(press: Press, text: str, verapdf: VeraPdf) -> None:
    form = one_of_each()
    assert verapdf.broken_rules(blank(press, written_everywhere(form, text[:600]), case_number=text[:40])) == {}
    answers = {
        **dict.fromkeys(an_answer_to_each(), text),
        **{name: TYPED[name] for name in ("number", "hours", "date")},
    }
    sent = {**SENT, "by": text[:200], "role": text[:40], "via": text[:40]}
    assert verapdf.broken_rules(filled(press, form, answers, sent=sent)) == {}


def test_hostile_html_is_only_text(press: Press, tmp_path: Path) -> None:
    html = HOSTILE["html"]
    for pdf in (
        blank(press, written_everywhere(one_of_each(), html)),
        filled(press, one_of_each(), {**an_answer_to_each(), "text": html}),
    ):
        assert html.replace(" ", "") in letters(read(pdf, tmp_path))
        assert b"/JavaScript" not in pdf


def test_the_same_form_gives_the_same_bytes(press: Press) -> None:
    form, answers = one_of_each(), an_answer_to_each()
    first = blank(press, form), filled(press, form, answers)
    other = Press(FOLDER, IDENTITY)
    assert (blank(other, form), filled(other, form, answers)) == first


def test_a_blank_form_says_all_that_a_pen_needs_to_know(press: Press, tmp_path: Path) -> None:
    text = read(blank(press, SHIPPED["matching_meeting"], Context()), tmp_path, "pdftotext", "-layout")
    words = " ".join(text.split())
    assert "Koblingsmøte" in words
    assert "Når møttes dere? Må fylles ut" in words
    assert "Andre mål Valgfritt" in words
    assert "Fyll ut hvis du svarte «Ja, vi begynner» på «Vil dere begynne?»." in words
    assert "dag måned år" in words
    assert "Versjon 4f1c09ab · Likemannstjenesten" in words
    assert "Side 1 av " in words
    assert "Sak 2026-0017" in read(blank(press, SHIPPED["closure"]), tmp_path, "pdftotext", "-layout")


def test_a_filled_in_form_says_who_sent_it_when_and_how(press: Press, tmp_path: Path) -> None:
    answers = {"met_on": "2026-01-15", "decision": "not_match", "internal_note": "PLANTET"}
    form = SHIPPED["matching_meeting"]
    words = " ".join(read(filled(press, form, answers), tmp_path, "pdftotext", "-layout").split())
    assert "15. januar 2026 kl. 10.04" in words
    assert "Nora Lie, fagkonsulent" in words
    assert "Innlogget" in words
    assert "Nei, deltakeren blir stående på ventelisten" in words
    assert "Første mål" not in words
    assert "Internt PLANTET" in words


def test_an_internal_answer_is_not_in_the_file_for_those_who_may_not_see_it(press: Press, tmp_path: Path) -> None:
    answers = {"met_on": "2026-01-15", "decision": "not_match", "internal_note": "PLANTET"}
    text = read(filled(press, SHIPPED["matching_meeting"], answers, internal=False), tmp_path)
    assert "PLANTET" not in text
    assert "Internt" not in text


def test_a_service_with_a_letterhead_of_its_own_prints_its_forms_under_it(tmp_path: Path) -> None:
    shared = Path(shutil.copytree(FOLDER / "_shared", tmp_path / "_shared"))
    (shared / "letterhead.html").write_text("<p>EGET BREVHODE</p>", "utf-8")
    pdf = blank(Press(tmp_path, IDENTITY), SHIPPED["closure"])
    assert "EGETBREVHODE" in letters(read(pdf, tmp_path))


def test_scales_of_many_steps_stand_under_their_numbers(press: Press, tmp_path: Path, verapdf: VeraPdf) -> None:
    steps = {str(number): f"Trinn {number}" for number in range(11)}
    fields = tuple(a_field(name, "scale", choices=steps) for name in ("a", "b"))
    pdf = blank(press, replace(one_of_each(), sections=(Section("Del", fields),)))
    assert verapdf.broken_rules(pdf) == {}
    assert "0er«Trinn0»,10er«Trinn10»." in letters(read(pdf, tmp_path))


def test_answers_that_no_question_offers_any_more_are_told_as_they_are(press: Press, tmp_path: Path) -> None:
    text = letters(read(filled(press, one_of_each(), {"choice": "gone", "person": ANSWERS["person"]}), tmp_path))
    assert text.count("gone") == 2


def test_several_people_can_print_at_the_same_time(press: Press) -> None:
    """The pages have threads, and WeasyPrint is not meant for them: one waits for the other."""
    forms = [SHIPPED["closure"], SHIPPED["pause"]]
    alone = [blank(press, form) for form in forms]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda form: blank(press, form), forms * 3))
    assert together == alone * 3
