"""Reads ``service.yaml``: the roles, the records and the moves of one service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from forms_service.language.checking.names import RESERVED
from forms_service.language.expression import Expression
from forms_service.language.files import SERVICE, Files
from forms_service.language.keys.key import Keys
from forms_service.language.nodes import Node, Scalar, Table
from forms_service.language.notes import Notes
from forms_service.language.record import Record
from forms_service.language.strict_yaml import read_yaml
from forms_service.language.vocabulary import ValueType
from forms_service.register.description import Description, Kind, Move, Role
from forms_service.register.keys import MOVE, ROLE, SERVICE_KEYS, SUBJECT, TYPES, VALUE
from forms_service.register.vocabulary import CASE

T = TypeVar("T")


def read_service(files: Files, notes: Notes) -> Description | None:
    """The service as far as it can be read; everything wrong in its file lies in ``notes``."""
    node = read_yaml(files[SERVICE], SERVICE, notes)
    record = Record(node, SERVICE_KEYS, notes) if node is not None else None
    if record is None or not record.usable:
        return None
    return Description(
        key=record.name("service"),
        title=record.text("title"),
        roles=_each(record, "roles", _role),
        subjects=_each(record, "subjects", _kind),
        moves=_each(record, "moves", _move),
        releases=_expressions(record, "releases"),
    )


def _each(record: Record, key: str, read: Callable[[Scalar, Node, Notes], T]) -> dict[str, T]:
    return {name.text: read(name, node, record.notes) for name, node in _named(record, key)}


def _named(record: Record, key: str) -> Iterator[tuple[Scalar, Node]]:
    """What stands under the names that the author gives; names that cannot be used are noted and left out."""
    node = record.node(key)
    if isinstance(node, Table):
        yield from (pair for pair in node.entries.values() if record.is_name(pair[0]))
    elif node is not None:
        record.notes.add(node.place, f'"{key}" takes names, and what each of them means.')


def _role(name: Scalar, node: Node, notes: Notes) -> Role:
    record = Record(node, ROLE, notes)
    role = Role(
        key=name.text,
        title=record.text("title"),
        address=record.text("address"),
        person=record.text("person"),
        place=record.place,
        places=record.places(),
    )
    if role.address and role.person:
        reason = "Somebody reached at an address does not sign in; a person does."
        notes.add(record.at("person"), '"address" and "person" do not go together.', reason)
    return role


def _kind(name: Scalar, node: Node, notes: Notes) -> Kind:
    record = Record(node, SUBJECT, notes)
    if name.text == CASE or name.text in RESERVED:
        notes.add(name.place, f'"{name.text}" has a meaning of its own and cannot be a subject.')
    return Kind(
        key=name.text,
        title=record.text("title"),
        number=record.text("number"),
        fields={field.text: _type(record, type_) for field, type_ in _named(record, "fields")},
        place=record.place,
        places=record.places(),
    )


def _type(record: Record, node: Node) -> ValueType:
    found = record.filled(node, "fields")
    if found and found.text not in TYPES:
        record.notes.unknown(found.place, "type", found.text, TYPES)
    return TYPES.get(found.text if found else "", ValueType.TEXT)


def _move(name: Scalar, node: Node, notes: Notes) -> Move:
    record = Record(node, MOVE, notes)
    opens, changes = record.text("opens"), record.text("changes")
    if opens and changes:
        notes.add(record.at("changes"), "A move opens a record or changes one, not both.")
    elif record.usable and not (record.has("opens") or record.has("changes")):
        notes.add(record.place, 'A move needs "opens" or "changes".')
    for key, other in (("only", "refusal"), ("refusal", "only")):
        if record.has(key) and not record.has(other):
            hint = "A condition needs the words that people read when it does not hold."
            notes.add(record.at(key), f'"{key}" needs "{other}".', hint)
    return Move(
        key=name.text,
        kind=opens or changes,
        opens=bool(opens),
        sets=_expressions(record, "sets"),
        only=record.expression("only"),
        refusal=record.text("refusal"),
        place=record.place,
        places=record.places(),
    )


def _expressions(record: Record, key: str) -> dict[str, Expression]:
    """Name → expression; those that cannot be read are noted and left out."""
    names = [name.text for name, _ in _named(record, key)]
    table = record.node(key)
    shape = Keys(f'"{key}"', dict.fromkeys(table.entries, VALUE)) if isinstance(table, Table) else None
    inner = Record(table, shape, record.notes) if table and shape else None
    read = {name: inner.expression(name) for name in names} if inner else {}
    return {name: expression for name, expression in read.items() if expression}
