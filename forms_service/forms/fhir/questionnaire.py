"""A form as a Questionnaire of FHIR R4."""

from __future__ import annotations

from datetime import date

from forms_service.forms.attached.check import MEGABYTE, largest
from forms_service.forms.context import Context
from forms_service.forms.fhir.enable_when import Questions, enable_when
from forms_service.forms.fhir.items import CODED, WITH_LENGTH, Json, coding, in_rows, item_type
from forms_service.forms.fhir.names import HL7, LANGUAGE, Names, section_id
from forms_service.forms.paper.gaps import with_gaps
from forms_service.forms.paper.question import on_paper
from forms_service.forms.question import Question
from forms_service.language.definitions import FieldType, Form, Section

NO_FACTS = Context()
CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"
BOUNDS = {FieldType.NUMBER: ("minValue", "maxValue"), FieldType.HOURS: ("minValue", "maxValue")}
BOUNDS |= dict.fromkeys((FieldType.CHOICES, FieldType.GROUP), ("questionnaire-minOccurs", "questionnaire-maxOccurs"))


def questionnaire(form: Form, names: Names, publisher: str, day: date) -> Json:
    """``day`` is since when this version holds. Facts in texts are lines to write on, as on paper."""
    questions = {field.name: on_paper(field, NO_FACTS) for field in form.fields()}
    intro = with_gaps(form.intro, NO_FACTS.data)
    return {
        "resourceType": "Questionnaire",
        "id": names.id,
        "language": LANGUAGE,
        "url": names.url,
        "version": names.version,
        "name": names.computer_name,
        "title": form.title,
        "status": "active",
        "date": day.isoformat(),
        "publisher": publisher,
        **({"description": intro} if intro else {}),
        "item": [_section(number, section, questions, names) for number, section in enumerate(form.sections, start=1)],
    }


def _section(number: int, section: Section, questions: Questions, names: Names) -> Json:
    link, title = section_id(number), with_gaps(section.title, NO_FACTS.data)
    words = with_gaps(section.help, NO_FACTS.data)
    items = [_item(questions[field.name], questions, names) for field in section.fields]
    return {
        "linkId": link,
        **({"text": title} if title else {}),
        "type": "group",
        "item": [*([_help(link, words)] if words else []), *items],
    }


def _item(question: Question, questions: Questions, names: Names) -> Json:
    kind = item_type(question)
    item: Json = {"linkId": question.name, "text": question.label, "type": kind}
    extensions = [*_bounds(question), *_marks(question, names)]
    when = question.field.show_when
    said = enable_when(when.tree, questions, names) if when else None
    if when and said is None:
        extensions.append({"url": names.extension("show-when"), "valueString": when.source})
    if extensions:
        item = {"extension": extensions, **item}
    below = [*_below(question), *(_item(each, questions, names) for each in in_rows(question))]
    rest = {**_rules(question, kind), **_choices(question, kind, names), **({"item": below} if below else {})}
    return {**item, **(said or {}), **_with_help(question), **rest}


def _rules(question: Question, kind: str) -> Json:
    if kind == "display":
        return {}
    rules: Json = {"required": question.is_required}
    if question.type in (FieldType.CHOICES, FieldType.GROUP):
        rules["repeats"] = True
    if kind in WITH_LENGTH:
        rules["maxLength"] = question.longest
    return rules


def _choices(question: Question, kind: str, names: Names) -> Json:
    if kind not in CODED or not question.choices:
        return {}
    return {"answerOption": [{"valueCoding": _option(question, value, names)} for value in question.choices]}


def _option(question: Question, value: str, names: Names) -> Json:
    """A step of a scale has its number, so that others can count with it."""
    option = coding(question, value, names)
    is_step = question.type is FieldType.SCALE and value in question.steps
    return {"extension": [{"url": f"{HL7}/ordinalValue", "valueDecimal": int(value)}], **option} if is_step else option


def _with_help(question: Question) -> Json:
    """A display may have nothing below it, so its help goes with its text."""
    has_both = question.type is FieldType.NOTE and question.help
    return {"text": f"{question.label}\n{question.help}"} if has_both else {}


def _below(question: Question) -> list[Json]:
    """All other help stands in an item of its own."""
    return [_help(question.name, question.help)] if question.help and question.type is not FieldType.NOTE else []


def _help(link: str, words: str) -> Json:
    control = {"coding": [{"system": CONTROLS, "code": "help"}]}
    extension = {"url": f"{HL7}/questionnaire-itemControl", "valueCodeableConcept": control}
    return {"extension": [extension], "linkId": f"{link}-help", "text": words, "type": "display"}


def _bounds(question: Question) -> list[Json]:
    lowest, highest = question.field.minimum, question.field.maximum
    low, high = BOUNDS.get(question.type, ("minLength", ""))
    if question.type is FieldType.FILE:
        return [{"url": f"{HL7}/maxSize", "valueDecimal": largest(question.field) // MEGABYTE}]
    return [
        {"url": f"{HL7}/{name}", "valueInteger": bound}
        for name, bound in ((low, lowest), (high, highest))
        if name and bound is not None
    ]


def _marks(question: Question, names: Names) -> list[Json]:
    marks: dict[str, Json] = {"wanted": {"valueString": question.field.wanted}} if question.is_wanted else {}
    if question.field.internal:
        marks["internal"] = {"valueBoolean": True}
    return [{"url": names.extension(name), **value} for name, value in marks.items()]
