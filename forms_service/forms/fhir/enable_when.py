"""``show_when`` as R4's enableWhen, as far as that can say it: comparisons with answers, all of them or any of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from forms_service.forms.fhir.items import CODED, Json, coding, item_type
from forms_service.forms.fhir.names import Names
from forms_service.forms.question import Question
from forms_service.language.grammar.tree import Infix, IsEmpty, ListOf, Literal, Name, Node, Prefix

BEHAVIOUR = {"and": "all", "or": "any"}
Questions = Mapping[str, Question]
Conditions = tuple[list[Json], str]
"""Conditions of R4, and whether all or any of them must hold."""


class Unsayable(Exception):
    """R4 has no words for it."""


def enable_when(node: Node, questions: Questions, names: Names) -> Json | None:
    """``enableWhen`` with ``enableBehavior``; None when the condition says more than these can."""
    try:
        return _Said(questions, names).whole(node)
    except Unsayable:
        return None


class _Said:
    def __init__(self, questions: Questions, names: Names) -> None:
        self.questions, self.names = questions, names

    def whole(self, node: Node) -> Json:
        sign = node.sign if isinstance(node, Infix) and node.sign in BEHAVIOUR else ""
        groups = [self.alone(part) for part in _parts(node, sign)] if sign else [self.alone(node)]
        behaviours = {behaviour for conditions, behaviour in groups if len(conditions) > 1}
        behaviours |= {BEHAVIOUR[sign]} if sign else set()
        if len(behaviours) > 1:
            raise Unsayable
        conditions = [condition for group, _ in groups for condition in group]
        return {"enableWhen": conditions, **({"enableBehavior": behaviours.pop()} if len(conditions) > 1 else {})}

    def alone(self, node: Node) -> Conditions:
        match node:
            case Name(name=name):
                return [self.answered(name, "=", True)], "all"
            case Prefix(sign="not", operand=Name(name=name)):
                return [self.answered(name, "=", False)], "all"
            case Prefix(sign="not", operand=IsEmpty(operand=name)):
                return [self.exists(name.name, True)], "all"
            case IsEmpty(operand=name):
                return [self.exists(name.name, False)], "all"
            case Infix():
                return self.compared(node)
        raise Unsayable

    def compared(self, node: Infix) -> Conditions:
        """An answer other than the one named must still be an answer."""
        match node:
            case Infix(sign="=" | "!=", left=Name(name=name), right=Literal(value="")):
                return [self.exists(name, node.sign == "!=")], "all"
            case Infix(sign="!=", left=Name(name=name), right=Literal(value=value)):
                return [self.exists(name, True), self.answered(name, "!=", value)], "all"
            case Infix(sign="=" | "<" | "<=" | ">" | ">=", left=Name(name=name), right=Literal(value=value)):
                return [self.answered(name, node.sign, value)], "all"
            case Infix(sign="in", left=Literal(value=value), right=Name(name=name)):
                return [self.answered(name, "=", value)], "all"
            case Infix(sign="in", left=Name(name=name), right=ListOf(items=items)):
                return [self.answered(name, "=", value) for value in _literals(items)], "any"
        raise Unsayable

    def exists(self, name: str, wanted: bool) -> Json:
        """A group has no answer that could be there."""
        if item_type(self.asked(name)) == "group":
            raise Unsayable
        return {"question": name, "operator": "exists", "answerBoolean": wanted}

    def answered(self, name: str, sign: str, value: object) -> Json:
        return {"question": name, "operator": sign, **self.value(self.asked(name), value)}

    def asked(self, name: str) -> Question:
        if name not in self.questions:
            raise Unsayable
        return self.questions[name]

    def value(self, question: Question, value: object) -> Json:
        kind = item_type(question)
        match kind, value:
            case "boolean", bool() | "yes" | "no":
                return {"answerBoolean": value in (True, "yes")}
            case ("decimal", int() | float()) if not isinstance(value, bool):
                return {"answerDecimal": value}
            case ("integer", int()) if not isinstance(value, bool):
                return {"answerInteger": value}
            case "date", date():
                return {"answerDate": value.isoformat()}
            case ("string" | "text", str()):
                return {"answerString": value}
            case (_, str()) if kind in CODED:
                return {"answerCoding": coding(question, value, self.names)}
        raise Unsayable


def _parts(node: Node, sign: str) -> Iterable[Node]:
    if isinstance(node, Infix) and node.sign == sign:
        yield from _parts(node.left, sign)
        yield from _parts(node.right, sign)
    else:
        yield node


def _literals(items: tuple[Node, ...]) -> Iterable[object]:
    for item in items:
        if not isinstance(item, Literal):
            raise Unsayable
        yield item.value
