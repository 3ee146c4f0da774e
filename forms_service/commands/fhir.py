"""``forms-service fhir``: a form as a Questionnaire of FHIR R4."""

from __future__ import annotations

import json
from pathlib import Path

from forms_service.commands.form import find_form, today_of
from forms_service.commands.output import put
from forms_service.forms.fhir.names import Names
from forms_service.forms.fhir.questionnaire import questionnaire
from forms_service.settings import Settings


def fhir(settings: Settings, name: str, out: Path | None = None) -> int:
    """Prints JSON, or writes it to ``out``."""
    found = find_form(settings, name)
    names = Names(settings.base_url, found.form.key, found.version)
    content = questionnaire(found.form, names, found.identity.organisation, today_of(settings))
    put(json.dumps(content, ensure_ascii=False, indent=2) + "\n", out)
    return 0
