"""The keys of a form, its sections and its fields."""

from __future__ import annotations

from forms_service.language.definitions import FieldType
from forms_service.language.keys.key import Key, Keys, Many, OneOf, Takes

ALONE = (FieldType.FILE, FieldType.GROUP, FieldType.SIGNATURE, FieldType.NOTE)
"""What cannot stand in a group."""
ONLY_OUTSIDE = ("wanted", "show_when", "prefill", "internal")
"""What is said of a group as a whole."""

QUESTION: dict[str, Key] = {
    "name": Key(Takes.NAME, "What expressions and documents call the answer.", needed=True),
    "label": Key(Takes.TEXT, "The question; it may hold {{ facts }}.", needed=True),
    "type": Key(OneOf(tuple(FieldType)), "The kind of answer.", needed=True),
    "required": Key(Takes.OWN_TEXT, "What the person reads when the answer is missing. Without it, it may be."),
    "wanted": Key(
        Takes.OWN_TEXT, "What the person reads, once, when it was left open; it can be sent without an answer."
    ),
    "help": Key(Takes.TEXT, "A sentence of help under the question."),
    "choices": Key(Takes.LABELS, "What can be chosen: stored values and their labels."),
    "minimum": Key(Takes.NUMBER, "The fewest characters, choices of a list, rows of a group, or the smallest number."),
    "maximum": Key(
        Takes.NUMBER, "The most characters, choices of a list, rows of a group, megabytes, or the largest number."
    ),
    "whole": Key(Takes.TRUTH, "Only a whole number is taken: a year, or how many. Of a number alone."),
    "show_when": Key(Takes.EXPRESSION, "The question is asked only when this holds; about earlier fields and facts."),
    "pick": Key(Takes.PICK, "The list that a person is chosen from."),
    "prefill": Key(Takes.EXPRESSION, "What stands in the field from the beginning: a fact; it can be changed."),
    "internal": Key(Takes.TRUTH, "The answer never leaves: no document and no message can use it."),
}
IN_GROUP = Keys(
    "A field of a group",
    {
        **{name: key for name, key in QUESTION.items() if name not in ONLY_OUTSIDE},
        "type": Key(OneOf(tuple(kind for kind in FieldType if kind not in ALONE)), "The kind of answer.", needed=True),
    },
)
FIELD = Keys(
    "A field",
    {
        **QUESTION,
        "signer": Key(Takes.ROLE, "The role of whoever signs, of a signature."),
        "fields": Key(Many(IN_GROUP), "The questions of a group, asked anew in each row."),
        "accept": Key(Many(OneOf(("pdf", "image"))), "What can be attached; both when it is left out."),
        "item": Key(Takes.TEXT, "What one row of a group is called, such as Barn; people see Barn 1, Barn 2."),
    },
)
SECTION = Keys(
    "A section",
    {
        "title": Key(Takes.TEXT, "The heading.", needed=True),
        "help": Key(Takes.TEXT, "A text under the heading."),
        "page": Key(Takes.TEXT, "A new page begins with this section; this is its title."),
        "fields": Key(Many(FIELD), "The questions.", needed=True),
    },
)
RULE = Keys(
    "A rule",
    {
        "must": Key(Takes.EXPRESSION, "What must hold, once all that it names is answered.", needed=True),
        "at": Key(Takes.FIELD, "The field that is marked when it does not hold.", needed=True),
        "text": Key(Takes.OWN_TEXT, "What the person reads then.", needed=True),
    },
)
FORM = Keys(
    "A form",
    {
        "form": Key(Takes.TEXT, "The form's name, the same as the file's.", needed=True),
        "title": Key(Takes.TEXT, "What people see above the form.", needed=True),
        "intro": Key(Takes.TEXT, "A text before the first question."),
        "submit": Key(Takes.TEXT, "The words on the button."),
        "receipt": Key(Takes.TEXT, "What the person reads when the answers have arrived."),
        "sections": Key(Many(SECTION), "Questions under their headings.", needed=True),
        "rules": Key(Many(RULE), "What several answers must be together."),
        "review": Key(Takes.TRUTH, "All answers are shown once more before they are sent; always so with signatures."),
    },
)
