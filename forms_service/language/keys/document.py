"""The keys of a document."""

from __future__ import annotations

from forms_service.language.keys.key import Key, Keys, Many, Takes

DOCUMENT = Keys(
    "A document",
    {
        "document": Key(Takes.TEXT, "The document's name, the same as the folder's.", needed=True),
        "title": Key(Takes.TEXT, "The title that people see.", needed=True),
        "open_to": Key(Many(Takes.ROLE), "The roles that may open it.", needed=True),
        "uses": Key(Many(Takes.TEXT), "All names that the template may use; nothing else reaches it.", needed=True),
    },
)
