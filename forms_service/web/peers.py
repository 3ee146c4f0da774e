"""What a peer is called here: the installation's own word in its four forms, in the language that is spoken."""

from __future__ import annotations

from collections.abc import Mapping

from forms_service.texts import said_if_known
from forms_service.web.current import runtime

REGULAR: Mapping[str, str] = {"one": "", "the_one": "en", "many": "er", "the_many": "ene"}
"""How most words go that texts/nb.yaml does not know; the settings say it for those that go otherwise."""


def peer_word(form: str = "one") -> str:
    """As in «likemann»; ``the_one``, ``many`` and ``the_many`` are «likemannen», «likemenn» and «likemennene»."""
    service = runtime().settings.service
    own = {"the_one": service.peer_definite, "many": service.peer_plural, "the_many": service.peer_plural_definite}
    known = said_if_known(f"peer_words.{service.peer_label.lower()}.{form}")
    return own.get(form) or known or f"{service.peer_label}{REGULAR[form]}"
