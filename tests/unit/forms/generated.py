"""Forms that nobody wrote: any number of fields of any type, with bounds, conditions and rules; and posts to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from forms_service.forms.context import Context
from forms_service.language.definitions import Field, FieldType, Form, Rule
from forms_service.language.expression import parse
from forms_service.rehearsal.signing import OpenSeal
from tests.unit.forms.asking import a_field, a_form

AROUND = Context(
    data={"today": date(2026, 1, 15), "case": {"number": 4, "text": "word", "day": date(2026, 2, 1)}},
    picks=lambda _: {"p1": "Kari Eksempel", "p2": "Ola Eksempel"},
    offices={"o1": "Kontor øst"},
    files=lambda _: {"u1": {"file": "u1", "name": "brev.pdf", "kind": "application/pdf", "size": 1200}},
    seal=OpenSeal(),
)
CHOICES = {"red": "Rød", "green": "Grønn", "blue": "Blå"}
SCALE = {"1": "Lite", "2": "Midt imellom", "3": "Mye", "unsure": "Vet ikke"}
WITH_CHOICES = {FieldType.CHOICE: CHOICES, FieldType.CHOICES: CHOICES, FieldType.SCALE: SCALE}
BOUNDED = (FieldType.TEXT, FieldType.PARAGRAPH, FieldType.NUMBER, FieldType.HOURS, FieldType.CHOICES, FieldType.GROUP)
ALONE = (FieldType.FILE, FieldType.GROUP, FieldType.SIGNATURE, FieldType.NOTE)
ABOUT: Mapping[FieldType, Sequence[str]] = {
    FieldType.NUMBER: ("{0} > 3", "{0} <= case.number"),
    FieldType.HOURS: ("{0} < 2.5", "{0} + 1 > case.number"),
    FieldType.DATE: ("{0} > today", "{0} <= case.day", "{0} > today - 3 days"),
    FieldType.CHOICE: ('{0} = "red"', '{0} != "blue"'),
    FieldType.SCALE: ('{0} = "unsure"',),
    FieldType.CHOICES: ('"green" in {0}', "{0} is empty"),
    FieldType.YES_NO: ("{0}", '{0} = "no"', "not {0}"),
    FieldType.CONFIRM: ("{0}",),
    FieldType.GROUP: ("count({0}) > 1", "{0} is empty", "count({0}) <= case.number"),
}
"""Conditions on a field, by its type; of all others that they are answered."""
GOOD: Mapping[FieldType, Sequence[str]] = {
    FieldType.NUMBER: ("3", "12", "2,5", "-1"),
    FieldType.HOURS: ("2", "1,5", "0:45"),
    FieldType.DATE: ("2026-01-15", "31.12.2026"),
    FieldType.TIME: ("09:30", "23.59"),
    FieldType.CHOICE: tuple(CHOICES),
    FieldType.CHOICES: tuple(CHOICES),
    FieldType.SCALE: tuple(SCALE),
    FieldType.YES_NO: ("yes", "no"),
    FieldType.CONFIRM: ("true",),
    FieldType.PHONE: ("41234567", "+47 412 34 567"),
    FieldType.EMAIL: ("a@b.no", "kari@blåbær.no"),
    FieldType.POSTCODE: ("0150",),
    FieldType.PERSON: ("p1", "p2"),
    FieldType.OFFICE: ("o1",),
    FieldType.FILE: ("u1",),
}
WHOLE = ("3", "12", "4,0", "-1")
HOSTILE = (
    "", " ", "\x00", "a\x00b", "\u202eevil", "\ud800", "=1+1", "-2+3|cmd", "@SUM(A1)", "{{ 7*7 }}",
    "<script>alert(1)</script>", "'; DROP TABLE step;--", "../../etc/passwd", "9" * 400, "x" * 12_000,
    "٣", "NaN", "Infinity", "1e309", "None", "null", "[]",
    "2026-02-30", "0000-00-00", "24:00", "true\n", "red\x00", "yes ",
)  # fmt: skip


@st.composite
def fields(draw: st.DrawFn) -> tuple[Field, ...]:
    asked: list[Field] = []
    for number in range(draw(st.integers(1, 14))):
        asked.append(draw(_field(f"f{number}", tuple(asked))))
    return tuple(asked)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    asked = draw(fields())
    stored = [field for field in asked if field.type is not FieldType.NOTE]
    rules = draw(st.lists(_rule(stored), max_size=3)) if stored else []
    return replace(a_form(*asked), rules=tuple(rules))


@st.composite
def posts(draw: st.DrawFn, form: Form) -> MultiDict[str, str]:
    """Mostly what somebody would answer; now and then nothing, several values, hostile ones, or unknown names."""
    hostile = draw(st.booleans())
    pairs: list[tuple[str, str]] = []
    controls = [control for field in form.fields() for control in draw(_controls(field))]
    for name, asked in controls:
        good = st.sampled_from(WHOLE if asked.whole else GOOD.get(asked.type, ("Svar", "A")))
        times = st.just(1) if asked.required and not hostile else st.sampled_from((1, 1, 1, 0))
        pairs += [(name, draw(good)) for _ in range(draw(times))]
    return MultiDict(pairs + (draw(_noise(form)) if hostile else []))


def _controls(field: Field) -> st.SearchStrategy[list[tuple[str, Field]]]:
    """Names as a browser posts them; a group in some rows, in any order."""
    if field.type is not FieldType.GROUP:
        return st.just([(field.name, field)])
    numbers = st.lists(st.sampled_from((0, 1, 2, 7, 49)), unique=True, max_size=4)
    return numbers.map(
        lambda rows: [(f"{field.name}-{row}-{each.name}", each) for row in rows for each in field.fields]
    )


def _noise(form: Form) -> st.SearchStrategy[list[tuple[str, str]]]:
    names = [*(field.name for field in form.fields()), "ukjent", "_nonce", "csrf_token", "__class__"]
    rows = ("", "0", "1", "-1", "--1", "007", "999999999", "٣", "1e3", "0-", "0-ukjent", "0-a", "0-b", "3-a", "0-0-a")
    names += [f"{field.name}-{row}" for field in form.fields() for row in rows if field.type is FieldType.GROUP]
    return st.lists(st.tuples(st.sampled_from(names), _anything()), max_size=12)


def _anything() -> st.SearchStrategy[str]:
    return st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60))


@st.composite
def _field(draw: st.DrawFn, name: str, before: tuple[Field, ...], in_group: bool = False) -> Field:
    kind = draw(st.sampled_from([kind for kind in FieldType if not (in_group and kind in ALONE)]))
    field = a_field(name, kind, choices=WITH_CHOICES.get(kind, {}), when=draw(_condition(before)))
    if kind is FieldType.GROUP:
        inner = tuple(draw(_field(each, (), in_group=True)) for each in draw(st.sampled_from(("a", "ab", "abc"))))
        field = replace(field, item="Barn", fields=inner)
    if kind is FieldType.PERSON:
        field = replace(field, pick="people")
    if kind in BOUNDED:
        low, more = draw(st.tuples(st.none() | st.integers(1, 3), st.none() | st.integers(0, 40)))
        field = replace(field, minimum=low, maximum=None if more is None else (low or 1) + more)
    if kind is FieldType.NUMBER:
        field = replace(field, whole=draw(st.booleans()))
    if kind is not FieldType.NOTE and draw(st.booleans()):
        words = f"Svar på {name}"
        field = replace(field, required=words) if draw(st.booleans()) else replace(field, wanted=words)
    return field


def _condition(before: Sequence[Field]) -> st.SearchStrategy[str]:
    asked = [field for field in before if field.type is not FieldType.NOTE]
    if not asked:
        return st.just("")
    one = st.sampled_from(asked).flatmap(lambda field: st.sampled_from(_about(field)))
    two = st.tuples(one, st.sampled_from([" and ", " or "]), one).map("".join)
    return st.one_of(st.just(""), st.just(""), one, two)


def _about(field: Field) -> list[str]:
    return [text.format(field.name) for text in ABOUT.get(field.type, ("{0} is not empty",))]


def _rule(asked: Sequence[Field]) -> st.SearchStrategy[Rule]:
    make: Callable[[str, Field], Rule] = lambda must, at: Rule(parse(must), at.name, f"Rett {at.name}")  # noqa: E731
    return st.builds(make, _condition(asked).filter(bool), st.sampled_from(asked))
