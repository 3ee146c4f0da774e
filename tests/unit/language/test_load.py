"""From files to definitions: what the parts of a folder become, and which files a version freezes."""

from __future__ import annotations

import pytest

from forms_service.language.definitions import Ask, Choose, End, FieldType, Held, Late, Send, Wait
from forms_service.language.duration import Duration, Unit
from forms_service.language.load import files_of, load
from forms_service.language.problems import InvalidDefinitions
from tests.unit.language.small import FOLDER, WORKSHOP, broken, lines, without

LOADED = load(FOLDER, WORKSHOP)
REPAIR = {step.id: step for step in LOADED.workflows["repair"].all_steps()}


def test_a_workflow_is_read_from_top_to_bottom() -> None:
    assert [step.id for step in LOADED.workflows["repair"].steps] == [
        *("taken_in", "slip", "look", "way", "bill", "until_then", "again")
    ]
    assert LOADED.workflows["repair"].start.by == ("customer",)


def test_an_ask_has_its_times_and_what_happens_when_it_is_late() -> None:
    look = REPAIR["look"]
    assert isinstance(look, Ask)
    assert (look.role, look.form, look.show) == ("mechanic", "look", "slip")
    assert look.due == Duration(2, Unit.WORKING_DAY)
    assert look.remind == (Duration(1, Unit.WORKING_DAY),)
    assert look.late == Late(give="owner")


def test_a_send_says_who_decides_when_the_release_is_missing() -> None:
    bill = REPAIR["bill"]
    assert isinstance(bill, Send)
    assert (bill.attach, bill.release, bill.held) == ("slip", "bill", Held("owner", "held"))


def test_a_wait_lasts_or_ends_at_a_date() -> None:
    pause, until = REPAIR["pause"], REPAIR["until_then"]
    assert isinstance(pause, Wait)
    assert isinstance(until, Wait)
    assert (pause.duration, pause.until) == (Duration(3, Unit.DAY), None)
    assert until.until is not None
    assert until.until.source == "look.ready_on"


def test_the_last_branch_has_no_condition() -> None:
    way = REPAIR["way"]
    assert isinstance(way, Choose)
    assert [branch.when.source if branch.when else "" for branch in way.branches] == ['look.verdict = "mend"', ""]


def test_an_end_without_an_id_gets_one_that_stays_when_steps_are_added() -> None:
    ends = [step for step in REPAIR.values() if isinstance(step, End)]
    assert [(end.id, end.outcome) for end in ends] == [("end_not_worth_it", "not worth it")]
    longer = load(
        broken("repair.yaml", "steps:\n  - {id: taken", "steps:\n  - {id: first, wait: 1 day}\n  - {id: taken"),
        WORKSHOP,
    )
    assert "end_not_worth_it" in [step.id for step in longer.workflows["repair"].all_steps()]


def test_two_ends_alike_get_different_ids() -> None:
    files = broken("repair.yaml", "{id: pause, wait: 3 days}", "end: not worth it")
    files["repair.yaml"] = files["repair.yaml"].split("  - {id: bill")[0]
    ends = [step.id for step in load(files, WORKSHOP).workflows["repair"].all_steps() if isinstance(step, End)]
    assert ends == ["end_not_worth_it", "end_not_worth_it_2"]


def test_a_step_may_have_a_title_that_people_see() -> None:
    files = broken("repair.yaml", "{id: again, run: yearly}", "{id: again, run: yearly, title: Once more}")
    assert load(files, WORKSHOP).workflows["repair"].steps[-1].title == "Once more"


def test_a_repeat_knows_its_anchor_and_its_end() -> None:
    repeat = LOADED.workflows["yearly"].repeat
    assert repeat is not None
    assert repeat.anchor is not None
    assert repeat.until is not None
    assert (str(repeat.every), repeat.anchor.source, repeat.until.source) == ("1 year", "job.started", "job.finished")


def test_a_field_has_its_choices_bounds_and_condition() -> None:
    fields = {field.name: field for form in LOADED.forms.values() for field in form.fields()}
    assert fields["verdict"].choices == {"mend": "Mend it", "leave": "Leave it"}
    assert (fields["hours"].type, fields["hours"].minimum, fields["hours"].maximum) == (FieldType.NUMBER, 1, 40)
    assert fields["needed_on"].show_when is not None
    assert [name for name, field in fields.items() if field.internal] == ["note"]


def test_choices_written_as_yes_and_no_stay_texts() -> None:
    files = broken("forms/look.yaml", "choices: {mend: Mend it, leave: Leave it}", "choices: {yes: Ja, no: Nei, 1: En}")
    files["repair.yaml"] = FOLDER["repair.yaml"].replace('"mend"', '"yes"')
    look = next(load(files, WORKSHOP).forms["look"].fields())
    assert look.choices == {"yes": "Ja", "no": "Nei", "1": "En"}


def test_a_version_freezes_the_files_that_its_workflow_uses() -> None:
    assert set(files_of(LOADED, "repair", FOLDER)) == set(FOLDER) - {"yearly.yaml"}
    assert set(files_of(LOADED, "yearly", FOLDER)) == {"yearly.yaml", "forms/look.yaml"}


@pytest.mark.parametrize("workflow", ["repair", "yearly"])
def test_a_frozen_version_loads_alone(workflow: str) -> None:
    frozen = load(files_of(LOADED, workflow, FOLDER), WORKSHOP, alone=True)
    assert frozen.workflows[workflow] == LOADED.workflows[workflow]


def test_a_frozen_version_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(InvalidDefinitions):
        load({"repair.yaml": "workflow: [repair"}, WORKSHOP, alone=True)


def test_a_folder_with_a_mistake_is_refused_with_all_problems() -> None:
    with pytest.raises(InvalidDefinitions) as caught:
        load(without("messages/ready.yaml", "forms/held.yaml"), WORKSHOP)
    assert [problem.message for problem in caught.value.problems] == [
        'There is no message "ready".',
        'There is no form "held".',
    ]


@pytest.mark.parametrize("file", ["notes/a.yaml", "forms/deep/a.yaml", "documents/slip/other.html"])
def test_a_file_at_another_place_is_told(file: str) -> None:
    assert lines({**FOLDER, file: "x: y"}) == [f"{file}:1:1: No definition is kept here."]


def test_a_definition_ends_in_yaml() -> None:
    files = {**without("forms/held.yaml"), "forms/held.yml": FOLDER["forms/held.yaml"]}
    assert lines(files) == ['forms/held.yml:1:1: The name of a definition ends in ".yaml".']
