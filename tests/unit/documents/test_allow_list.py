"""What a template may see."""

from __future__ import annotations

import pytest

from forms_service.documents.allow_list import allowed
from forms_service.errors import MissingValue, RenderFailed

DATA = {
    "phase": "after",
    "phase_label": "Etter behandling",
    "talk": {"plan": "Videre", "next": "go_on", "next_label": "Fortsetter", "internal_note": "Hemmelig"},
    "match": {"contacts": [{"kind": "sms", "count": 2}], "goal_1": None},
}


def test_only_the_used_names_and_their_labels_are_there() -> None:
    assert allowed(["phase", "talk.next"], DATA) == {
        "phase": "after",
        "phase_label": "Etter behandling",
        "talk": {"next": "go_on", "next_label": "Fortsetter"},
    }


def test_an_answer_left_empty_is_there() -> None:
    assert allowed(["match.goal_1"], DATA) == {"match": {"goal_1": None}}


def test_a_list_comes_whole() -> None:
    assert allowed(["match.contacts"], DATA) == {"match": {"contacts": [{"kind": "sms", "count": 2}]}}


def test_every_missing_name_is_said_at_once() -> None:
    with pytest.raises(MissingValue, match=r"zone, talk\.mood, phase\.deeper"):
        allowed(["phase", "zone", "talk.mood", "phase.deeper"], DATA)


def test_a_whole_group_is_refused() -> None:
    with pytest.raises(RenderFailed, match='"talk"'):
        allowed(["talk"], DATA)


def test_what_was_allowed_once_is_allowed_again() -> None:
    uses = ["phase", "talk.plan", "talk.next", "match.contacts"]
    assert allowed(uses, allowed(uses, DATA)) == allowed(uses, DATA)


def test_the_given_data_stays_as_it_was() -> None:
    before = {"talk": {"plan": "Videre", "secret": "x"}}
    allowed(["talk.plan"], before)["talk"] = None
    assert before == {"talk": {"plan": "Videre", "secret": "x"}}


def test_of_rows_only_the_named_answers_are_there() -> None:
    ola = {"name": "Ola", "kind": "own", "kind_label": "Eget"}
    nobody = {"name": None, "kind": None, "kind_label": None}
    data = {"talk": {"children": [{**ola, "note": "Hemmelig"}, {**nobody, "note": ""}]}}
    uses = ["talk.children.name", "talk.children.kind"]
    assert allowed(uses, data) == {"talk": {"children": [ola, nobody]}}
    assert allowed(uses, {"talk": {"children": []}}) == {"talk": {"children": []}}
    assert allowed(uses, allowed(uses, data)) == allowed(uses, data)
    with pytest.raises(MissingValue, match=r"talk\.children\.age"):
        allowed(["talk.children.age"], data)
