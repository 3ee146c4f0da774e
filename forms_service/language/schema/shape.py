"""What a key takes, as JSON Schema. The words mean the same in draft-07, which all editors know, and in 2020-12."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from forms_service.language.duration import WORDS
from forms_service.language.grammar.tokens import KEYWORDS, MAX_LENGTH
from forms_service.language.keys.key import Either, Key, Keys, Many, Named, OneOf, Shape, Takes
from forms_service.language.record import NAME
from forms_service.language.schema.known import Known

Schema: TypeAlias = dict[str, Any]

TEXT: Schema = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
"""An editor takes some words for numbers or for true; the reader takes every word as it is written."""
UNITS = "|".join(word.replace(" ", " +") for word in WORDS)
VALUES: Mapping[Takes, Schema] = {
    Takes.OWN_TEXT: {"type": ["string", "number"], "pattern": r"\S"},
    Takes.NAME: {"type": "string", "pattern": f"^{NAME.pattern}$", "not": {"enum": sorted(KEYWORDS)}},
    Takes.NUMBER: {"type": "integer"},
    Takes.TRUTH: {"type": "boolean"},
    Takes.DURATION: {
        "type": "string",
        "pattern": rf"^\s*[1-9][0-9]{{0,8}} +({UNITS})\s*$",
        "examples": ["5 working days", "6 months"],
    },
    Takes.EXPRESSION: {**TEXT, "maxLength": MAX_LENGTH},
    Takes.LABELS: {"type": "object", "additionalProperties": TEXT, "minProperties": 1},
    Takes.STEPS: {"type": "array", "items": {"$ref": "#/$defs/step"}, "minItems": 1},
}
"""All other kinds take a text, or one of the known words."""


def schema_of(shape: Shape, known: Known) -> Schema:
    match shape:
        case OneOf(words):
            return {"enum": list(words)}
        case Many(of, least):
            return {"type": "array", "items": schema_of(of, known), "minItems": least}
        case Named(of):
            names = VALUES[Takes.NAME]
            return {"type": "object", "propertyNames": names, "additionalProperties": schema_of(of, known)}
        case Either(shapes):
            return {"anyOf": [schema_of(one, known) for one in shapes]}
        case Keys():
            return mapping(shape, known)
        case _:
            return {"enum": list(known[shape])} if shape in known else VALUES.get(shape, TEXT)


def mapping(shape: Keys, known: Known) -> Schema:
    return {
        "type": "object",
        "properties": {name: property_of(key, known) for name, key in shape.keys.items()},
        "required": [name for name, key in shape.keys.items() if key.needed],
        "additionalProperties": False,
    }


def property_of(key: Key, known: Known) -> Schema:
    return {**schema_of(key.takes, known), "description": key.says}
