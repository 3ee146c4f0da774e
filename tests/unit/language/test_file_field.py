"""A question for a file: what can be said of it, and what others read of it."""

from __future__ import annotations

import pytest

from forms_service.engine.readable import readable
from forms_service.language.load import load
from tests.unit.forms.asking import a_field, a_form
from tests.unit.language.small import FOLDER, WORKSHOP, lines

LOOK = "forms/look.yaml"


def with_field(more: str) -> dict[str, str]:
    return {**FOLDER, LOOK: FOLDER[LOOK] + f"      - {{name: picture, label: Picture, {more}}}\n"}


def test_it_says_what_can_be_attached_and_how_large_it_may_be() -> None:
    field = list(load(with_field("type: file, accept: [image], maximum: 5"), WORKSHOP).forms["look"].fields())[-1]
    assert (field.accept, field.maximum) == (("image",), 5)


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ("type: file, accept: [film]", 'There is no kind of file "film".'),
        ("type: file, accept: []", '"accept" is empty.'),
        ("type: text, accept: [pdf]", 'A field of type text has no "accept".'),
        ("type: file, maximum: 11", "A file has 1 to 10 megabytes."),
        ("type: file, maximum: 0", "A file has 1 to 10 megabytes."),
        ("type: hours, whole: true", 'A field of type hours has no "whole".'),
        ("type: file, minimum: 1", 'A field of type file has no "minimum".'),
        ("type: file, prefill: case.case_number", "A field of type file cannot be filled in before."),
    ],
)
def test_what_does_not_fit_is_told(more: str, wrong: str) -> None:
    (found,) = lines(with_field(more))
    assert wrong in found


def test_documents_and_expressions_read_its_name_and_nothing_else() -> None:
    form = a_form(a_field("letter", "file"))
    answer = {"file": "1a", "name": "brev.pdf", "kind": "application/pdf", "size": 12}
    assert readable(form, {"letter": answer}) == {"letter": "brev.pdf"}
    assert readable(form, {"letter": None}) == {"letter": None}
