"""A form with one question of every type that there is, and an answer to each."""

from __future__ import annotations

from forms_service.forms.context import Context
from forms_service.language.definitions import Field, FieldType, Form
from tests.unit.forms.asking import a_field, a_form

CHOICES = {"choice", "choices", "scale"}
ANSWERS = {
    "number": 2.5,
    "hours": 1.5,
    "date": "2026-01-15",
    "time": "09:30",
    "choice": "1",
    "choices": ["1", "unsure"],
    "scale": "1",
    "yes_no": "no",
    "confirm": True,
    "paragraph": "To linjer\n\nog litt til",
    "person": "gone",
    "office": "nord",
    "file": {"file": "u1", "name": "brev.pdf", "kind": "application/pdf", "size": 1200},
    "group": [{"name": "Ola", "kind": "1"}, {"name": "Kari", "kind": None}],
    "signature": {"name": "Kari", "role": "peer", "at": "2026-01-15T14:03:00+01:00", "digest": "00ff", "drawing": ""},
}
IN_ROWS = (a_field("name"), a_field("kind", "choice", choices={"1": "Nær", "2": "Fjern"}))
CONTEXT = Context(picks=lambda name: {"berit": "Berit"}, offices={"nord": "Nord", "sor": "Sør"})


def one_of_each() -> Form:
    return a_form(*(_field(kind) for kind in FieldType))


def an_answer_to_each() -> dict[str, object]:
    return {kind: ANSWERS.get(kind, "svar") for kind in FieldType if kind is not FieldType.NOTE}


def _field(kind: FieldType) -> Field:
    choices = {"1": "Helt uenig", "2": "Helt enig", "unsure": "Vet ikke"} if kind in CHOICES else {}
    rows = IN_ROWS if kind is FieldType.GROUP else ()
    label = f"Spørsmål av typen {kind}"
    return a_field(kind, kind, label=label, help="Litt hjelp", choices=choices, fields=rows, item="Barn")
