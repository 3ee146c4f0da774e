"""A thousand forms that nobody wrote, and whatever anybody may post to them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from forms_service.forms.fill import Filled, blank, fill, typed
from forms_service.forms.rows import GroupField
from forms_service.language.definitions import FieldType, Form
from tests.unit.forms.generated import AROUND, forms, posts

MANY = settings(
    max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
FEWER = settings(MANY, max_examples=200)


@MANY
@given(st.data())
def test_a_post_is_taken_whole_or_refused_in_words(data: st.DataObject) -> None:
    form = data.draw(forms())
    result = fill(form, AROUND, data.draw(posts(form)))
    assert (result.answers is None) == bool(result.problems)
    assert all(problem.text and problem.name in result.shown for problem in result.problems)
    if result.answers is not None:
        assert_stored_well(form, result)


def assert_stored_well(form: Form, result: Filled) -> None:
    """Each question once, nothing hidden, nothing that was not asked, nothing that JSON or a database cannot keep."""
    assert result.answers is not None
    assert list(result.answers) == [field.name for field in form.fields() if field.type is not FieldType.NOTE]
    assert all(result.answers[name] is None for name in result.answers if name not in result.shown)
    assert "\\u0000" not in json.dumps(result.answers, allow_nan=False)
    json.dumps(result.answers, ensure_ascii=False).encode("utf-8")
    for field in form.fields():
        if field.required and field.name in result.shown:
            assert result.answers[field.name] not in (None, "", [])


@FEWER
@given(st.data())
def test_what_was_taken_can_be_shown_and_sent_again_and_is_the_same(data: st.DataObject) -> None:
    form = data.draw(forms())
    first = fill(form, AROUND, data.draw(posts(form)))
    if first.answers is None:
        return
    again = blank(form, AROUND, {name: answer for name, answer in first.answers.items() if answer is not None})
    sent = MultiDict([(each.question.name, value) for each in _controls(again) for value in _values(each)])
    assert fill(form, AROUND, sent).answers == first.answers


@FEWER
@given(st.data())
def test_what_was_typed_comes_back_without_being_checked(data: st.DataObject) -> None:
    form = data.draw(forms())
    shown = typed(form, AROUND, data.draw(posts(form)))
    assert shown.problems == ()
    assert shown.answers is None
    assert shown.shown <= {field.name for field in form.fields()}


def _controls(shown: Filled) -> Iterator[Any]:
    for field in shown.wtform:
        yield from (cell for row in field.rows for cell in row.cells) if isinstance(field, GroupField) else (field,)


def _values(shown: Any) -> list[str]:
    if isinstance(shown.data, dict):
        return [str(shown.data["file"])]
    return shown.typed if isinstance(shown.typed, list) else [shown.typed]
