"""What stands in a form from the beginning when an invented person opens it."""

from __future__ import annotations

from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Subject
from forms_service.forms.context import Context
from forms_service.forms.prefill import fact_for
from forms_service.forms.question import ask
from forms_service.language.definitions import Form


def prefilled(rt: Runtime, subject: Subject, form: Form) -> dict[str, object]:
    """Field → the fact that it begins with; nothing for fields that begin empty."""
    today = rt.day(rt.clock.now())
    with rt.database.reading() as session:
        known = Context({**rt.service.facts(session, subject, today), "today": today})
    return {field.name: fact_for(ask(field, known), known) for field in form.fields() if field.prefill}
