"""How a document's template is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import TemplateError, TemplateNotFound, UndefinedError
from jinja2.exceptions import SecurityError

from forms_service.documents.templates import TemplateEnvironment, for_template


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    (tmp_path / "part.html").write_text("<i>{{ self.name }}</i>", encoding="utf-8")
    return tmp_path


def filled(shared: Path, template: str, **data: object) -> str:
    return TemplateEnvironment(shared).from_string(template).render(for_template(data))


def test_html_in_the_data_is_text(shared: Path) -> None:
    assert filled(shared, "{{ a }}", a="<b>") == "&lt;b&gt;"


def test_there_is_no_way_to_call_data_safe(shared: Path) -> None:
    with pytest.raises(TemplateError, match="safe"):
        filled(shared, "{{ a | safe }}", a="<b>")


def test_a_step_may_be_called_self(shared: Path) -> None:
    assert filled(shared, "{{ self.name }} {% include 'part.html' %}", self={"name": "Egen"}) == "Egen <i>Egen</i>"


def test_an_answer_may_be_called_like_a_method(shared: Path) -> None:
    assert filled(shared, "{{ meeting.items }} {{ meeting.get }}", meeting={"items": "Ting", "get": "Få"}) == "Ting Få"


@pytest.mark.parametrize(
    "template", ["{{ b }}", "{{ a.b }}", "{{ a.items }}", "{% if b %}{% endif %}", "{{ a['keys'] }}"]
)
def test_a_name_that_is_not_there_is_an_error(shared: Path, template: str) -> None:
    with pytest.raises((UndefinedError, SecurityError)):
        filled(shared, template, a={"c": 1})


@pytest.mark.parametrize("template", ["{{ a.__class__ }}", "{{ a.c.format.__globals__ }}", "{{ a.c.__class__.mro() }}"])
def test_the_machinery_behind_a_value_is_out_of_reach(shared: Path, template: str) -> None:
    with pytest.raises((UndefinedError, SecurityError)):
        filled(shared, template, a={"c": "x"})


def test_only_shared_parts_can_be_included(shared: Path) -> None:
    (shared.parent / "outside.html").write_text("secret", encoding="utf-8")
    with pytest.raises(TemplateNotFound):
        filled(shared, "{% include '../outside.html' %}")
