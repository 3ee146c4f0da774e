"""The structure of FHIR R4's Questionnaire and QuestionnaireResponse, written down from hl7.org/fhir/R4."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema

STRING = {"type": "string", "pattern": r"^[ \r\n\t\S]+$", "not": {"pattern": "[\x00-\x08\x0b\x0c\x0e-\x1f]"}}
URI = {"type": "string", "pattern": r"^\S+$"}
CODE = {"type": "string", "pattern": r"^[^\s]+(\s[^\s]+)*$"}
ID = {"type": "string", "pattern": r"^[A-Za-z0-9\-\.]{1,64}$"}
DATE = {"type": "string", "pattern": r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}
TIME = {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?$"}
POSITIVE = {"type": "integer", "minimum": 1}


def _of(needed: tuple[str, ...], /, **parts: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(needed), "properties": parts, "additionalProperties": False}


def _many(part: Any) -> dict[str, Any]:
    """R4 has no empty lists."""
    return {"type": "array", "items": part, "minItems": 1}


def _one_of(*names: str) -> dict[str, Any]:
    return {"oneOf": [{"required": [name]} for name in names]}


CODING_PARTS = {"system": URI, "version": STRING, "code": CODE, "display": STRING}
EXTENSION_OF_CODING = _of(("url",), url=URI, valueDecimal={"type": "number"})
CODING = _of((), extension=_many(EXTENSION_OF_CODING), **CODING_PARTS)
EXTENSION = {
    **_of(
        ("url",),
        url=URI,
        valueString=STRING,
        valueInteger={"type": "integer"},
        valueBoolean={"type": "boolean"},
        valueDecimal={"type": "number"},
        valueCodeableConcept=_of((), coding=_many(CODING), text=STRING),
    ),
    **_one_of("valueString", "valueInteger", "valueBoolean", "valueDecimal", "valueCodeableConcept"),
}
ANSWERS = {
    "Boolean": {"type": "boolean"},
    "Decimal": {"type": "number"},
    "Integer": {"type": "integer"},
    "Date": DATE,
    "DateTime": MOMENT,
    "Time": TIME,
    "String": STRING,
    "Coding": CODING,
}
ASKED = {f"answer{kind}": shape for kind, shape in ANSWERS.items()}
ATTACHMENT = _of((), contentType=CODE, size={"type": "integer", "minimum": 0}, title=STRING)
GIVEN = {f"value{kind}": shape for kind, shape in ANSWERS.items()} | {"valueUri": URI, "valueAttachment": ATTACHMENT}
ENABLE_WHEN = {
    **_of(
        ("question", "operator"),
        question=STRING,
        operator={"enum": ["exists", "=", "!=", ">", "<", ">=", "<="]},
        **ASKED,
    ),
    **_one_of(*ASKED),
}
OPTIONS = {f"value{kind}": ANSWERS[kind] for kind in ("Integer", "Date", "Time", "String", "Coding")}
SIMPLE = ["boolean", "decimal", "integer", "date", "dateTime", "time", "string", "text", "url"]
TYPES = ["group", "display", *SIMPLE, "choice", "open-choice", "attachment", "reference", "quantity"]
QUESTION = _of(
    ("linkId", "type"),
    extension=_many(EXTENSION),
    linkId=STRING,
    definition=URI,
    code=_many(CODING),
    prefix=STRING,
    text=STRING,
    type={"enum": TYPES},
    enableWhen=_many(ENABLE_WHEN),
    enableBehavior={"enum": ["all", "any"]},
    required={"type": "boolean"},
    repeats={"type": "boolean"},
    readOnly={"type": "boolean"},
    maxLength=POSITIVE,
    answerValueSet=URI,
    answerOption=_many({**_of((), **OPTIONS, initialSelected={"type": "boolean"}), **_one_of(*OPTIONS)}),
    item=_many({"$ref": "#/$defs/item"}),
)
STATUSES = ["draft", "active", "retired", "unknown"]
QUESTIONNAIRE = _of(
    ("resourceType", "status"),
    resourceType={"const": "Questionnaire"},
    id=ID,
    language=CODE,
    extension=_many(EXTENSION),
    url=URI,
    version=STRING,
    name={"type": "string", "pattern": "^[A-Z][A-Za-z0-9_]{0,254}$"},
    title=STRING,
    status={"enum": STATUSES},
    date=DATE,
    publisher=STRING,
    description=STRING,
    item=_many({"$ref": "#/$defs/item"}),
) | {"$defs": {"item": QUESTION}}
IDENTIFIER = _of((), system=URI, value=STRING)
REFERENCE = _of((), reference=STRING, type=URI, identifier=IDENTIFIER, display=STRING)
ANSWERED = _of(
    ("linkId",),
    extension=_many(EXTENSION),
    linkId=STRING,
    definition=URI,
    text=STRING,
    answer=_many({**_of((), **GIVEN), **_one_of(*GIVEN)}),
    item=_many({"$ref": "#/$defs/item"}),
)
RESPONSE = _of(
    ("resourceType", "status"),
    resourceType={"const": "QuestionnaireResponse"},
    id=ID,
    language=CODE,
    identifier=IDENTIFIER,
    questionnaire=URI,
    status={"enum": ["in-progress", "completed", "amended", "entered-in-error", "stopped"]},
    subject=REFERENCE,
    authored=MOMENT,
    author=REFERENCE,
    source=REFERENCE,
    item=_many({"$ref": "#/$defs/item"}),
) | {"$defs": {"item": ANSWERED}}

WITH_LENGTH = {"boolean", "decimal", "integer", "string", "text", "url"}
CHOICES = {"choice", "open-choice"}
COMPARED = {
    "boolean": "answerBoolean",
    "decimal": "answerDecimal",
    "integer": "answerInteger",
    "date": "answerDate",
    "time": "answerTime",
    "string": "answerString",
    "text": "answerString",
    "choice": "answerCoding",
    "open-choice": "answerCoding",
}
VALUED = {kind: f"value{name.removeprefix('answer')}" for kind, name in COMPARED.items()}
VALUED |= {"attachment": "valueAttachment"}


def wrong_in_questionnaire(resource: Mapping[str, Any]) -> list[str]:
    """What R4 dislikes: the structure first, then the rules that it calls que-1 to que-12. Empty when all is well."""
    found = _against(resource, QUESTIONNAIRE)
    return found or [*_same_links(resource), *(wrong for item in _all(resource) for wrong in _rules(item, resource))]


def wrong_in_response(resource: Mapping[str, Any], asked: Mapping[str, Any]) -> list[str]:
    """The same for answers, held against the Questionnaire that they answer."""
    found = _against(resource, RESPONSE)
    questions = {item["linkId"]: item for item in _all(asked)}
    return found or [wrong for item in _all(resource) for wrong in _fits(item, questions)]


def _against(resource: Mapping[str, Any], shape: Mapping[str, Any]) -> list[str]:
    plain = json.loads(json.dumps(resource))
    return [
        f"{error.json_path}: {error.message}" for error in jsonschema.Draft202012Validator(shape).iter_errors(plain)
    ]


def _all(resource: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for item in resource.get("item", ()):
        yield item
        yield from _all(item)


def _same_links(resource: Mapping[str, Any]) -> Iterator[str]:
    links = [item["linkId"] for item in _all(resource)]
    yield from (f"que-2 {link}" for link in links if links.count(link) > 1)


def _rules(item: Mapping[str, Any], resource: Mapping[str, Any]) -> Iterator[str]:
    kind, questions = item["type"], {each["linkId"]: each for each in _all(resource)}
    rules = {
        "que-1": (kind != "group" or "item" in item) and (kind != "display" or "item" not in item),
        "que-3": kind != "display" or "code" not in item,
        "que-4": not ("answerOption" in item and "answerValueSet" in item),
        "que-5": kind in CHOICES or "answerOption" not in item,
        "que-6": kind != "display" or not {"required", "repeats"} & set(item),
        "que-10": kind in WITH_LENGTH or "maxLength" not in item,
        "que-12": len(item.get("enableWhen", ())) < 2 or "enableBehavior" in item,
    }
    yield from (f"{rule} {item['linkId']}" for rule, holds in rules.items() if not holds)
    for when in item.get("enableWhen", ()):
        about = questions.get(when["question"])
        if about is None:
            yield f"enableWhen of {item['linkId']} asks for what is not there"
        elif (when["operator"] == "exists") != ("answerBoolean" in when) and about["type"] != "boolean":
            yield f"que-7 {item['linkId']}"
        elif when["operator"] != "exists" and COMPARED[about["type"]] not in when:
            yield f"enableWhen of {item['linkId']} compares with something else"


def _fits(item: Mapping[str, Any], questions: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    question = questions.get(item["linkId"])
    if question is None:
        yield f"{item['linkId']} was not asked"
        return
    if "item" in item and "answer" in item:
        yield f"qrs-1 {item['linkId']}"
    answers = item.get("answer", ())
    if len(answers) > 1 and not question.get("repeats"):
        yield f"{item['linkId']} has several answers"
    for answer in answers:
        if VALUED[question["type"]] not in answer:
            yield f"{item['linkId']} has another kind of answer"
        offered = [option["valueCoding"]["code"] for option in question.get("answerOption", ())]
        if offered and answer["valueCoding"]["code"] not in offered:
            yield f"{item['linkId']} has an answer that was not offered"
