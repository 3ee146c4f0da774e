"""``forms-service paper``: a form as a PDF to print and fill in with a pen."""

from __future__ import annotations

from pathlib import Path

from forms_service.commands.form import find_form, today_of
from forms_service.commands.output import write
from forms_service.documents.forms import BLANK, stamp_of
from forms_service.documents.press import Press
from forms_service.forms.context import Context
from forms_service.forms.paper.blank import blank_sheet
from forms_service.settings import Settings
from forms_service.settings.places import with_style


def paper(settings: Settings, name: str, out: Path | None = None) -> int:
    """Writes the PDF, FORM.pdf in this folder unless ``out`` says otherwise; facts are lines to write on."""
    found = find_form(settings, name)
    sheet = blank_sheet(found.form, Context(), found.roles)
    press = Press(with_style(found.templates), found.identity)
    data = {"sheet": sheet, "about": {"case_number": ""}}
    target = out or Path(f"{found.form.key}.pdf")
    write(press.render(BLANK, data, stamp_of(sheet, found.version, today_of(settings))), target)
    print(f"Wrote {target}")
    return 0
