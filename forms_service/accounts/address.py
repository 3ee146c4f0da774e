"""An e-mail address as the name that somebody signs in with."""

from __future__ import annotations

import unicodedata

LONGEST = 254
"""Characters; RFC 5321 has no room for more."""
INVENTED = ".example"
"""No address of a real person ends like this (RFC 2606)."""


def normalised(address: str) -> str:
    """The same for all ways to write it: capitals and spaces around it do not matter.

    Signs that nobody sees are left out: PostgreSQL takes no zero byte, not even in a question.
    """
    plain = "".join(sign for sign in address if sign.isprintable())
    return unicodedata.normalize("NFKC", plain).strip().casefold()


def is_address(text: str) -> bool:
    """Whether a message could go there, as far as can be seen."""
    name, at, domain = text.partition("@")
    plain = text.isprintable() and not any(sign in text for sign in " <>,;\"'")
    return bool(name and at and domain) and plain and "@" not in domain and len(text) <= LONGEST
