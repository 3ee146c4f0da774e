"""A signature counts for the very answers that it was given to, and for nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from forms_service.forms.context import Context
from forms_service.forms.fill import Filled, fill
from forms_service.forms.paper.filled import filled_sheet
from forms_service.forms.signature import digest_of, is_of, sign
from forms_service.language.drawing import LONGEST, is_drawing
from forms_service.rehearsal.signing import OpenSeal
from tests.unit.forms.asking import a_field, a_form, posted

AT = datetime(2026, 1, 15, 14, 3, tzinfo=timezone(timedelta(hours=1)))
AROUND = Context(seal=OpenSeal())
FORM = a_form(
    a_field("goal", required="Skriv et mål"),
    a_field("note", internal=True),
    a_field("by_peer", "signature", signer="peer", label="Likemann", required="Likemannen må signere"),
    a_field("by_guest", "signature", signer="customer", label="Gjest"),
)


FORM_FIELDS = {field.name: field for field in FORM.fields()}


def sealed_for(field: str = "by_peer", **values: str) -> str:
    """A signature under these answers."""
    content = fill(FORM, AROUND, posted(**values)).content
    assert content is not None
    return sign(AROUND.seal, FORM_FIELDS[field], "Kari", AT, digest_of(FORM, content), "M1 1L20 30")


def sent(seal: str, **values: str) -> Filled:
    return fill(FORM, AROUND, posted(**{**values, "by_peer-sealed": seal}))


def test_a_form_is_not_sent_before_whoever_must_has_signed() -> None:
    filled = fill(FORM, AROUND, posted(goal="Tur"))
    assert filled.content is not None
    assert filled.answers is None
    assert [(each.name, each.text) for each in filled.problems] == [("by_peer", "Likemannen må signere")]


def test_what_is_wrong_in_the_answers_is_told_before_signatures_are_asked_for() -> None:
    assert [each.name for each in fill(FORM, AROUND, posted()).problems] == ["goal"]


def test_a_signature_is_stored_with_name_role_time_and_digest() -> None:
    filled = sent(sealed_for(goal="Tur"), goal="Tur")
    assert filled.answers is not None
    assert filled.answers["by_peer"] == {
        "question": "by_peer",
        "name": "Kari",
        "role": "peer",
        "at": "2026-01-15T14:03:00+01:00",
        "digest": digest_of(FORM, filled.answers),
        "drawing": "M1 1L20 30",
    }
    assert filled.answers["by_guest"] is None


def test_a_changed_answer_withdraws_the_signature_and_the_old_answer_brings_it_back() -> None:
    seal = sealed_for(goal="Tur")
    changed = sent(seal, goal="Tur på fjellet")
    assert changed.answers is None
    assert "Svarene er endret etter at «Likemann» signerte" in changed.problems[0].text
    assert sent(seal, goal="Tur").answers is not None


def test_what_is_internal_is_not_signed() -> None:
    assert sent(sealed_for(goal="Tur", note="Før"), goal="Tur", note="Etter").answers is not None


def test_one_signature_is_not_another_persons() -> None:
    filled = fill(FORM, AROUND, posted(**{"goal": "Tur", "by_peer-sealed": sealed_for("by_guest", goal="Tur")}))
    assert [each.name for each in filled.problems] == ["by_peer"]


def test_an_optional_signature_that_was_withdrawn_stops_the_form_too() -> None:
    seal = sealed_for("by_guest", goal="Tur")
    filled = fill(
        FORM, AROUND, posted(**{"goal": "Ny", "by_peer-sealed": sealed_for(goal="Ny"), "by_guest-sealed": seal})
    )
    assert [each.name for each in filled.problems] == ["by_guest"]


@pytest.mark.parametrize("forged", ["x", "{}", "[1]", "null", "\x00", "a" * 50_000])
def test_a_seal_that_is_not_ours_is_refused_in_words(forged: str) -> None:
    filled = sent(forged, goal="Tur")
    assert filled.answers is None
    assert "by_peer" in {each.name for each in filled.problems}


def test_a_signature_that_stands_in_a_stored_answer_is_compared_when_it_is_told() -> None:
    answers = sent(sealed_for(goal="Tur"), goal="Tur").answers
    assert answers is not None
    told = {kept: _told({**answers, "goal": kept}) for kept in ("Tur", "Byttet")}
    assert (told["Tur"]["is_of_these"], told["Byttet"]["is_of_these"]) == (True, False)
    assert (told["Tur"]["day"], told["Tur"]["time"], told["Tur"]["name"]) == ("2026-01-15", "14:03", "Kari")


def _told(answers: dict[str, Any]) -> dict[str, Any]:
    sheet: Any = filled_sheet(FORM, AROUND, answers, with_internal=True)
    rows = [row for block in sheet["sections"][0]["blocks"] for row in block["rows"]]
    found: dict[str, Any] = next(row for row in rows if row["label"] == "Likemann")
    return found


def test_nothing_else_is_of_an_answer() -> None:
    for other in (None, "Kari", {}, {"digest": ""}, ["x"]):
        assert not is_of(FORM, {"goal": "Tur"}, other)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("", True),
        ("M1 2L3 4", True),
        ("M1 2L3 4M5 6L7 8", True),
        ("L1 2", False),
        ("M1 2L3", False),
        ('M1 2"/><script>', False),
        ("M1000 2", False),
        ("M1 2\n", False),
        ("M1 1" * LONGEST, False),
    ],
)
def test_a_drawing_is_lines_in_its_plane(text: str, is_one: bool) -> None:
    assert is_drawing(text) is is_one
