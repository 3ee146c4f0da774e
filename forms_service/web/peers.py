"""What a peer is called here: the installation's own word in its four forms, in the language that is spoken."""

from __future__ import annotations

from forms_service.language.peers import peer_words
from forms_service.translation.spoken import spoken
from forms_service.web.current import runtime


def peer_word(form: str = "one") -> str:
    """As in «likemann»; ``the_one``, ``many`` and ``the_many`` are «likemannen», «likemenn» and «likemennene»."""
    return peer_words(runtime().settings.service, spoken())[form]
