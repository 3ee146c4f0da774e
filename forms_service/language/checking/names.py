"""Which names there are: the answers of a form, and what a service always knows."""

from __future__ import annotations

from dataclasses import replace

from forms_service.language.definitions import End, Field, FieldType, Form, Step, Workflow
from forms_service.language.grammar.kinds import YES_AND_NO, Kind
from forms_service.language.vocabulary import VIEWER, ValueType, Vocabulary

KINDS = {
    FieldType.NUMBER: ValueType.NUMBER,
    FieldType.HOURS: ValueType.NUMBER,
    FieldType.DATE: ValueType.DATE,
    FieldType.YES_NO: ValueType.YES_NO,
    FieldType.CONFIRM: ValueType.YES_NO,
    FieldType.CHOICES: ValueType.LIST,
    FieldType.GROUP: ValueType.LIST,
}
"""All other fields are answered by a text, groups by rows."""

WITHOUT_A_WORD = ("", "cancelled")
"""How a run is over that came to no "end": past its last step, or cancelled."""

RESERVED = frozenset({"today", "me", "stamp", "service"})

OF_THE_PAGE = frozenset({"csrf_token", "om", "elements", "closest", "matches"})
"""What a form page posts beside the answers: the session's token and what the form is about; its other fields begin
with an underscore, as no name does. And what scripts ask of the form, where a field of that name would answer."""


def answers_of(form: Form) -> dict[str, Kind]:
    """The names of a form's answers; a note has none."""
    return {field.name: kind_of(field) for field in form.fields() if field.type is not FieldType.NOTE}


def columns_of(form: Form) -> dict[str, Kind]:
    """What groups ask in each row: "children.born"."""
    return {
        f"{field.name}.{name}": replace(kind, in_rows=True)
        for field in form.fields()
        for name, kind in kind_of(field).entry.columns
    }


def kind_of(field: Field) -> Kind:
    if field.type is FieldType.GROUP:
        columns = tuple((each.name, replace(kind_of(each), internal=field.internal)) for each in field.fields)
        row = Kind(ValueType.ROW, internal=field.internal, columns=columns)
        return Kind(ValueType.LIST, internal=field.internal, of=row)
    choices = YES_AND_NO if field.type is FieldType.YES_NO else tuple(field.choices)
    signed = field.type is FieldType.SIGNATURE
    return Kind(KINDS.get(field.type, ValueType.TEXT), choices, field.internal, labelled=bool(choices), signed=signed)


def outcome_of(workflow: Workflow) -> Kind:
    """How a run of this workflow can end; nothing is said of one whose steps nobody could read."""
    steps = list(workflow.all_steps())
    if any(type(step) is Step for step in steps):
        return Kind(ValueType.TEXT)
    words = (step.outcome for step in steps if isinstance(step, End))
    return Kind(ValueType.TEXT, tuple(dict.fromkeys((*words, *WITHOUT_A_WORD))))


def facts_of(vocabulary: Vocabulary) -> dict[str, Kind]:
    """What every workflow may ask: the service's facts, and the date."""
    return {name: Kind(type_) for name, type_ in vocabulary.facts.items()} | {"today": Kind(ValueType.DATE)}


def viewer_of(vocabulary: Vocabulary) -> dict[str, Kind]:
    """What a form may ask about the person who fills it in."""
    known = {f"me.{name}": Kind(ValueType.TEXT) for name in VIEWER}
    return {"me.role": Kind(ValueType.TEXT, tuple(sorted(vocabulary.roles))), **known}


def reserved(vocabulary: Vocabulary) -> frozenset[str]:
    """First words of names that no field or step may take."""
    return RESERVED | {name.partition(".")[0] for name in vocabulary.facts}
