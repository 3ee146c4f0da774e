"""What a form knows of whoever fills it in, and which names its page needs itself."""

from __future__ import annotations

import re
from pathlib import Path

from forms_service.engine.viewer_facts import NOBODY, viewer_facts
from forms_service.forms.context import Context
from forms_service.forms.fill import blank
from forms_service.language.checking.names import OF_THE_PAGE
from forms_service.language.expression import parse
from forms_service.language.vocabulary import VIEWER
from forms_service.storage.people import PersonRow
from tests.integration.forms.form_desk import FormDesk
from tests.unit.forms.asking import HERE, a_field, a_form

WEB = Path(__file__).parents[3] / "forms_service" / "web"
FIELDS = tuple(a_field(name, prefill=parse(f"me.{name}", HERE)) for name in VIEWER)


def filled_in(me: dict[str, str], offices: dict[str, str]) -> dict[str, object]:
    office = a_field("at", "office", prefill=parse("me.office", HERE))
    form = blank(a_form(*FIELDS, office), Context(data={"me": me}, offices=offices))
    return {field.name: field.data for field in form.wtform}


def test_a_form_knows_who_fills_it_in(form_desk: FormDesk):
    with form_desk.rt.database.writing() as session:
        person = session.get_one(PersonRow, "nora")
        person.phone, person.email = "41234567", "k@example.org"
        session.flush()
        me = viewer_facts(session, person.id, person.role)
        name, office_id = person.name, person.office_id
    assert me["role"] == "caseworker"
    answers = filled_in(me, {"x": "Et annet kontor", str(office_id): me["office"]})
    assert answers == {
        "name": name,
        "phone": "41234567",
        "email": "k@example.org",
        "office": me["office"],
        "at": office_id,
    }


def test_a_one_time_link_knows_nobody():
    assert set(NOBODY.values()) == {""}
    assert set(filled_in(NOBODY, {"x": ""}).values()) - {"x"} == {None}


def test_of_two_offices_with_one_name_neither_is_meant():
    me = {**NOBODY, "office": "Nord"}
    assert filled_in(me, {"a": "Nord", "b": "Nord"})["at"] is None


def test_every_name_that_form_pages_post_or_ask_for_begins_with_an_underscore_or_cannot_be_a_field():
    pages = [*(WEB / "templates" / "forms").glob("*.html"), *(WEB / "forms").glob("*.py")]
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    named = re.findall(r'<(?:input|button|textarea|select)[^>]* name="([a-z_]+)"', text)
    asked = re.findall(r'request\.(?:form|values)(?:\.get\(|\[)"([a-z_]+)"', text)  # no field stands in an address
    assert {"csrf_token", "om"} <= {*named, *asked}
    assert {name for name in {*named, *asked} if not name.startswith("_")} <= OF_THE_PAGE


def test_what_scripts_ask_of_the_form_itself_cannot_be_a_field():
    scripts = "".join(path.read_text(encoding="utf-8") for path in (WEB / "static").glob("*.js"))
    assert set(re.findall(r"\bform\.([a-z]+)\b", scripts)) <= OF_THE_PAGE
