"""What a described service calls its roles."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from forms_service.engine.service import Service
from forms_service.register.register import Register


def role_titles(service: Service, said: Callable[[str], str] = str) -> Mapping[str, str]:
    """Role → its title, as it stands inside a sentence; nothing for a service that is not described by a file.

    ``said`` puts a title into the language of whoever reads it.
    """
    if not isinstance(service, Register):
        return {}
    return {key: _in_a_sentence(said(role.title)) for key, role in service.description.roles.items()}


def _in_a_sentence(title: str) -> str:
    """An abbreviation keeps its capitals."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
