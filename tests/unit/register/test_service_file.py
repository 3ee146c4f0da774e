"""What an author reads when service.yaml, or a workflow that relies on it, is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms_service.cli import main
from forms_service.language.check import problems_of as problems_of_workflows
from forms_service.language.files import Files, read_files
from forms_service.language.vocabulary import ValueType
from forms_service.register.check import problems_of, words_in

INPUTS = Path(__file__).parents[2] / "inputs"
FOLDERS = ("lending", "approval", "inspection")


def folder(name: str = "lending") -> dict[str, str]:
    return dict(read_files(INPUTS / name / "workflows", INPUTS / name / "pdf_templates"))


def with_service(text: str, **others: str) -> Files:
    return {"service.yaml": text, **{f"{name}.yaml": text for name, text in others.items()}}


def said(files: Files) -> list[str]:
    return [str(problem) for problem in problems_of(files)]


def changed(file: str, old: str, new: str) -> list[str]:
    """What is said when one thing in the folder of loans is written otherwise."""
    files = folder()
    assert old in files[file]
    files[file] = files[file].replace(old, new)
    return said(files)


@pytest.mark.parametrize("name", FOLDERS)
def test_the_folders_of_other_trades_have_no_problems(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(INPUTS / name / "workflows")]) == 0
    assert capsys.readouterr().out.startswith("All is well")


def test_the_vocabulary_comes_from_the_file() -> None:
    words = words_in(folder())
    assert words is not None
    assert words.roles == {"librarian", "head", "borrower"}
    assert words.moves["lend"] == {"book", "name", "email"}
    assert words.moves["extend"] == frozenset()
    assert words.facts["loan.due"] is ValueType.DATE
    assert words.facts["case.case_number"] is ValueType.TEXT
    assert words.subjects == {"loan"}
    assert words.picks == {"librarian", "head"}


def test_everything_wrong_in_the_file_is_told_at_once() -> None:
    text = """\
service: Lending
roles:
  librarian: {titel: Bibliotekar}
  borrower: {title: Låntaker, address: loan.mail}
  approver: {title: Godkjenner, person: loan.lent, address: loan.email}
subjects:
  case: {title: Sak, number: L, fields: {a: text}}
  loan: {title: Lån, number: L, fields: {email: txt, lent: date}}
moves:
  lend: {opens: lona, sets: {lent: today}}
  keep: {changes: loan, opens: loan}
  drop: {sets: {lent: today}}
  wear: {changes: loan, sets: {lended: today, lent: loan.email, email: loan.emial}, only: today}
  Tear: {changes: loan}
releases: {history: loan.lent}
extra: 1
"""
    found = problems_of(with_service(text))
    assert [f"{problem.place.line}:{problem.place.column} {problem.message}" for problem in found] == [
        '1:1 A service needs "title".',
        '1:10 "Lending" cannot be a name.',
        '3:15 There is no key "titel".',
        '4:40 There is no fact "loan.mail".',
        '5:41 "address" and "person" do not go together.',
        '5:41 "person" takes a fact that is a text; "loan.lent" is a date.',
        '7:3 "case" has a meaning of its own and cannot be a subject.',
        '8:30 The numbers of "case" begin with "L" already.',
        '8:49 There is no type "txt".',
        '10:17 There is no subject "lona".',
        "11:19 A move opens a record or changes one, not both.",
        '12:9 A move needs "opens" or "changes".',
        '13:40 There is no field of "loan" "lended".',
        '13:53 The field "lent" holds a date; this is a text.',
        '13:72 There is no "loan.emial" here.',
        '13:91 "only" needs "refusal".',
        "13:91 A condition must be yes or no; this is a date.",
        '14:3 "Tear" cannot be a name.',
        "15:21 A condition must be yes or no; this is a date.",
        '16:1 There is no key "extra".',
    ]
    guesses = {"title", "loan.email", "text", "loan", "lent"}
    assert guesses <= {problem.suggestion.split('"')[1] for problem in found if "Did you mean" in problem.suggestion}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "service.yaml:1:1: The file is empty."),
        ("- a\n", "service.yaml:1:1: A service is written as keys and values."),
        ("service: a\ntitle: A\nroles: [b]\n", 'service.yaml:3:8: "roles" takes names, and what each of them means.'),
        ("a: &x 1\nb: *x\n", "service.yaml:1:4: Anchors (&) and aliases (*) are not used here."),
    ],
)
def test_a_file_that_is_no_service_says_so(text: str, words: str) -> None:
    assert said(with_service(text))[0].startswith(words)


def test_a_service_that_cannot_be_read_leaves_the_other_files_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody is told that every role is unknown when the file of the roles has a comma too many."""
    for file, text in folder().items():
        if not file.startswith("documents/"):
            (tmp_path / file).parent.mkdir(exist_ok=True)
            (tmp_path / file).write_text(text, encoding="utf-8")
    (tmp_path / "service.yaml").write_text("service: [", encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 1
    assert capsys.readouterr().out.count("1 problem in") == 1


def test_a_move_is_held_against_the_form_behind_each_step_that_makes_it() -> None:
    place, words = "loan.yaml:5:20: ", "with the answers of this step: "
    assert changed("service.yaml", "email: email, lent", "email: email, returned: book, lent") == [
        f'{place}The move "lend" sets "returned" {words}it must be a date, and is a text.'
    ]
    place = "loan.yaml:31:22: "
    assert changed("forms/returned.yaml", "type: date, required", "type: text, required") == [
        f'{place}The move "give_back" asks "only" {words}A text cannot be compared with a date.',
        f'{place}The move "give_back" sets "returned" {words}it must be a date, and is a text.',
    ]


def test_an_answer_that_a_move_needs_must_be_asked_for() -> None:
    files = folder()
    files["forms/loan.yaml"] = files["forms/loan.yaml"].replace("name: book,", "name: title,")
    problems = problems_of_workflows(files, words_in(files))
    assert 'The move "lend" needs the answer "book"' in problems[0].message


def test_an_internal_answer_cannot_be_kept_where_documents_can_show_it() -> None:
    (problem,) = changed("forms/loan.yaml", "name: name,", "name: name, internal: true,")
    assert problem.startswith('loan.yaml:5:20: The move "lend" sets "borrower"')
    assert problem.endswith('"name" is internal, and what a record holds can stand in documents.')


def test_a_record_is_changed_only_where_there_is_one() -> None:
    problems = changed("loan.yaml", "{id: lent, do: lend, ", "{id: lent, do: extend, ")
    assert 'The move "extend" changes a loan; this workflow is about none. Say "about: loan"' in problems[0]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("by: [librarian]", "by: [borrower]", 'The role "borrower" never signs in, and cannot start anything.'),
        ("    invite: loan_ends_soon\n", "", 'cannot see the task. Give the step an "invite".'),
        ("    invite: loan", "    notify: reminder\n    invite: loan", "cannot follow the link of this message."),
        ("late: {give: librarian}", "late: {give: borrower}", "cannot take the task over."),
        ("send: loan_begun,", "send: loan_begun, attach: slip,", "cannot open an inbox."),
        ("form: returned", "form: returned\n    substitute: borrower", "cannot take the task."),
    ],
)
def test_somebody_without_an_account_is_not_asked_for_what_needs_one(old: str, new: str, words: str) -> None:
    assert [problem for problem in changed("loan.yaml", old, new) if words in problem]


def test_somebody_who_may_pick_people_picks_from_a_role() -> None:
    files = folder("approval")
    files["forms/equipment.yaml"] = files["forms/equipment.yaml"].replace("pick: staff", "pick: stuff")
    problems = problems_of_workflows(files, words_in(files))
    assert [str(problem) for problem in problems] == [
        'forms/equipment.yaml:14:74: There is no list "stuff". Did you mean "staff"?'
    ]


def test_a_role_of_the_shipped_pages_is_not_taken_but_the_administrator_is_everybodys() -> None:
    assert changed("service.yaml", "  head:", "  admin: {title: Systemansvarlig}\n  coordinator:")[0] == (
        'service.yaml:6:16: The pages of this program have a role "coordinator" already; call it otherwise.'
    )
