"""Reads ``forms/<key>.yaml``: the questions of one page."""

from __future__ import annotations

from collections.abc import Mapping

from forms_service.language.attached_file import accepted, fits_a_file
from forms_service.language.definitions import Field, FieldType, Form, Rule, Section
from forms_service.language.group_file import fits_in_rows, rows_of
from forms_service.language.keys.form import FIELD, FORM, RULE, SECTION
from forms_service.language.nodes import Node, Table
from forms_service.language.notes import Notes
from forms_service.language.record import Record

WITH_CHOICES = (FieldType.CHOICE, FieldType.CHOICES, FieldType.SCALE)
WITH_BOUNDS = (FieldType.TEXT, FieldType.PARAGRAPH, FieldType.NUMBER, FieldType.HOURS)
SEVERAL = (FieldType.CHOICES, FieldType.GROUP)

WITHOUT_PREFILL = (FieldType.NOTE, FieldType.CONFIRM, FieldType.GROUP, FieldType.FILE, FieldType.SIGNATURE)
"""What somebody confirms or signs she does herself."""


def read_form(node: Node, key: str, notes: Notes) -> Form | None:
    """The form as far as it can be read; everything wrong in it lies in ``notes``."""
    record = Record(node, FORM, notes)
    if not record.usable:
        return None
    own_key(record, "form", key)
    return Form(
        key=key,
        title=record.text("title"),
        place=record.place,
        sections=tuple(_section(section, notes) for section in record.list("sections")),
        intro=record.text("intro"),
        submit=record.text("submit"),
        receipt=record.text("receipt"),
        rules=_rules(record, notes),
        review=record.truth("review"),
        places=record.places(),
    )


def own_key(record: Record, what: str, key: str) -> None:
    """A file says its own name, so that a copied file is noticed."""
    found = record.scalar(what)
    if found and found.text != key:
        record.notes.add(found.place, f'The file is called "{key}", but says "{found.text[:60]}".', f"Write {key}.")


def _section(node: Node, notes: Notes) -> Section:
    record = Record(node, SECTION, notes)
    fields = (_field(field, notes) for field in record.list("fields"))
    return Section(
        title=record.text("title"),
        fields=tuple(field for field in fields if field),
        help=record.text("help"),
        page=record.text("page"),
        place=record.place,
        places=record.places(),
    )


def _rules(record: Record, notes: Notes) -> tuple[Rule, ...]:
    found = (_rule(node, notes) for node in record.list("rules")) if "rules" in record else ()
    return tuple(rule for rule in found if rule)


def _rule(node: Node, notes: Notes) -> Rule | None:
    record = Record(node, RULE, notes)
    must, at, text = record.expression("must"), record.text("at"), _own_words(record, "text", "it does not hold")
    return Rule(must, at, text, record.place, record.places()) if must and at and text else None


def _field(node: Node, notes: Notes) -> Field | None:
    record = Record(node, FIELD, notes)
    name, kind = record.name("name"), _type(record)
    if not name:
        return None
    field = Field(
        name=name,
        label=record.text("label"),
        type=kind,
        place=record.place,
        required=_own_words(record, "required", "the answer is missing"),
        wanted=_own_words(record, "wanted", "she left the question open"),
        help=record.text("help"),
        choices=_choices(record, kind),
        minimum=record.number("minimum"),
        maximum=record.number("maximum"),
        whole=record.truth("whole"),
        show_when=record.expression("show_when"),
        pick=record.text("pick"),
        prefill=record.expression("prefill"),
        internal=record.truth("internal"),
        fields=tuple(each for each in (_field(row, notes) for row in rows_of(record, kind)) if each),
        accept=accepted(record, kind),
        item=record.text("item"),
        signer=record.text("signer"),
        places=record.places(),
    )
    _fits_together(record, field)
    fits_in_rows(record, field)
    fits_a_file(record, field)
    return field


def _type(record: Record) -> FieldType:
    found = record.scalar("type")
    if found is None:
        return FieldType.TEXT
    if found.text not in list(FieldType):
        record.notes.unknown(found.place, "type", found.text, list(FieldType))
        return FieldType.TEXT
    return FieldType(found.text)


def _own_words(record: Record, key: str, when: str) -> str:
    """The words a person reads; true and false are what somebody writes who thinks of a switch."""
    node, text = record.node(key), record.text(key)
    if node and text in ("true", "false"):
        advice = f"Write what the person reads when {when}, or leave the key out."
        record.notes.add(node.place, f'"{key}" takes a text.', advice)
    return text


def _choices(record: Record, kind: FieldType) -> Mapping[str, str]:
    node = record.node("choices")
    if node is None:
        if kind in WITH_CHOICES:
            record.need("choices")
        return {}
    if kind not in WITH_CHOICES:
        record.notes.add(node.place, f'A field of type {kind} has no "choices".')
    if not isinstance(node, Table) or not node.entries:
        record.notes.add(node.place, '"choices" takes stored values and their labels, such as {small: Liten}.')
        return {}
    labels = {value: record.filled(label, value) for value, (_, label) in node.entries.items()}
    return {value: label.text for value, label in labels.items() if label}


def _asks_for_an_answer(record: Record, field: Field) -> None:
    for key, words in (("required", field.required), ("wanted", field.wanted)):
        if field.type is FieldType.NOTE and words:
            record.notes.add(record.at(key), f"A note has no answer that could be {key}.")
    if field.required and field.wanted:
        record.notes.add(record.at("wanted"), "What is required is wanted anyway.", "Leave one of the two out.")


def _fits_together(record: Record, field: Field) -> None:
    for key in ("minimum", "maximum"):
        is_size = field.type is FieldType.FILE and key == "maximum"
        if key in record and not is_size and field.type not in (*WITH_BOUNDS, *SEVERAL):
            record.notes.add(record.at(key), f'A field of type {field.type} has no "{key}".')
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        record.notes.add(record.at("minimum"), '"minimum" is larger than "maximum".')
    if field.whole and field.type is not FieldType.NUMBER:
        record.notes.add(record.at("whole"), f'A field of type {field.type} has no "whole".')
    _asks_for_an_answer(record, field)
    if field.prefill and field.type in WITHOUT_PREFILL:
        record.notes.add(record.at("prefill"), f"A field of type {field.type} cannot be filled in before.")
    _of_signatures(record, field)
    if field.type is FieldType.PERSON:
        record.need("pick")
    elif field.pick:
        message = f'A field of type {field.type} has no "pick".'
        record.notes.add(record.at("pick"), message, "Only a person field picks from a list.")


def _of_signatures(record: Record, field: Field) -> None:
    if field.type is FieldType.SIGNATURE:
        record.need("signer")
        if field.internal:
            record.notes.add(record.at("internal"), "What somebody signs is never internal.")
    elif field.signer:
        record.notes.add(record.at("signer"), f'A field of type {field.type} has no "signer".')
