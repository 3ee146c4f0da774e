"""The schema of one kind of file."""

from __future__ import annotations

from collections.abc import Mapping

from forms_service.language.keys.document import DOCUMENT
from forms_service.language.keys.form import FORM
from forms_service.language.keys.key import Keys
from forms_service.language.keys.message import MESSAGE
from forms_service.language.keys.step import COMMON
from forms_service.language.keys.workflow import WORKFLOW
from forms_service.language.schema.known import Known
from forms_service.language.schema.shape import Schema, mapping, property_of
from forms_service.language.step_verbs import VERBS

DRAFT = "https://json-schema.org/draft/2020-12/schema"
KINDS: Mapping[str, Keys] = {"workflow": WORKFLOW, "form": FORM, "message": MESSAGE, "document": DOCUMENT}


def file_schemas(known: Known) -> dict[str, Schema]:
    """The schemas of workflow, form, message and document files."""
    return {kind: file_schema(shape, known) for kind, shape in KINDS.items()}


def file_schema(shape: Keys, known: Known) -> Schema:
    """The schema of a file that holds one mapping; steps are written out once, and only where there are any."""
    schema = {"$schema": DRAFT, "title": shape.what, **mapping(shape, known)}
    return {**schema, "$defs": {"step": step(known), **verbs(known)}} if shape is WORKFLOW else schema


def step(known: Known) -> Schema:
    """Any step: it has a verb, and then the keys of that verb and no others."""
    offered = {name: property_of(key, known) for name, key in COMMON.items()}
    words = {word: {"description": verb.shape.keys[word].says} for word, verb in VERBS.items()}
    return {
        "type": "object",
        "properties": {**offered, **words},
        "anyOf": [{"required": [word]} for word in VERBS],
        "allOf": [{"if": {"required": [word]}, "then": {"$ref": f"#/$defs/{word}"}} for word in VERBS],
    }


def verbs(known: Known) -> dict[str, Schema]:
    return {word: mapping(verb.shape, known) for word, verb in VERBS.items()}
