"""What a described service calls its roles."""

from __future__ import annotations

from collections.abc import Mapping

from forms_service.engine.service import Service
from forms_service.register.register import Register


def role_titles(service: Service) -> Mapping[str, str]:
    """Role → its title, as it stands inside a sentence; nothing for a service that is not described by a file."""
    if not isinstance(service, Register):
        return {}
    return {key: _in_a_sentence(role.title) for key, role in service.description.roles.items()}


def _in_a_sentence(title: str) -> str:
    """An abbreviation keeps its capitals."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
