"""The keys of ``service.yaml``."""

from __future__ import annotations

from forms_service.language.keys.key import Key, Keys, Named, OneOf, Takes
from forms_service.language.vocabulary import ValueType

TYPES = {
    "text": ValueType.TEXT,
    "number": ValueType.NUMBER,
    "date": ValueType.DATE,
    "yes_no": ValueType.YES_NO,
    "list": ValueType.LIST,
}
ROLE = Keys(
    "A role",
    {
        "title": Key(Takes.TEXT, "What people call whoever holds it.", needed=True),
        "address": Key(Takes.TEXT, "The fact with the e-mail address of somebody who never signs in."),
        "person": Key(Takes.TEXT, "The fact with the id or the e-mail address of one person who signs in."),
    },
)
SUBJECT = Keys(
    "A subject",
    {
        "title": Key(Takes.TEXT, "What people call such a record.", needed=True),
        "number": Key(Takes.TEXT, 'What its numbers begin with: "L" gives L-2026-0001.', needed=True),
        "fields": Key(Named(OneOf(tuple(TYPES))), "What is known of it: each field's name and its type.", needed=True),
    },
)
MOVE = Keys(
    "A move",
    {
        "opens": Key(Takes.SUBJECT, "A new record of this kind; the run is about it from then on."),
        "changes": Key(Takes.SUBJECT, "The record of this kind that the run is about."),
        "sets": Key(Named(Takes.EXPRESSION), "Fields of the record, and the expressions that give their values."),
        "only": Key(Takes.EXPRESSION, "The condition under which the move may be made; about answers and facts."),
        "refusal": Key(Takes.TEXT, "What people read when the condition does not hold."),
    },
)
SERVICE_KEYS = Keys(
    "A service",
    {
        "service": Key(Takes.NAME, "The service's name.", needed=True),
        "title": Key(Takes.TEXT, "What people call the service.", needed=True),
        "roles": Key(Named(ROLE), "Who can hold a task or get a message: each role's name and its keys.", needed=True),
        "subjects": Key(Named(SUBJECT), "The kinds of records that workflows are about, and their fields."),
        "moves": Key(Named(MOVE), "What workflows can do with records."),
        "releases": Key(
            Named(Takes.EXPRESSION), "Contents that need leave to go, and the condition under which they have it."
        ),
    },
)
VALUE = Key(Takes.EXPRESSION, "An expression.")
