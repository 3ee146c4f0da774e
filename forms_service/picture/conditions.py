"""Expressions as people say them, as far as that goes; what has no words is said as the author wrote it."""

from __future__ import annotations

from forms_service.language.definitions import Branch, Choose, FieldType, Step
from forms_service.language.duration import Duration
from forms_service.language.expression import Expression
from forms_service.language.grammar.tree import Call, Infix, IsEmpty, ListOf, Literal, Name, Node, Prefix, names_in
from forms_service.picture.durations import duration_words
from forms_service.picture.speaker import Speaker, either
from forms_service.texts import say

SIGNS = {
    "=": "is",
    "!=": "is_not",
    "<": "below",
    "<=": "at_most",
    ">": "above",
    ">=": "at_least",
    "in": "among",
    "+": "plus",
    "-": "minus",
    "and": "and",
    "or": "or",
}
"""Sign → its key in texts/nb.yaml under picture.conditions."""


DAYS = {"<": "before", "<=": "until", ">": "after", ">=": "from"}
"""The same where days are compared."""


def condition_words(expression: Expression, speaker: Speaker) -> str:
    """What must hold, as in «Hva skjer nå? «Ikke nå»»."""
    return _holds(expression.tree, speaker)


def ways_of(choice: Choose, speaker: Speaker) -> tuple[tuple[str, tuple[Step, ...]], ...]:
    """The branches of a choice with the words for when they are taken.

    One without "otherwise" goes on when nothing holds; that is a way too.
    """
    open_end = () if any(branch.when is None for branch in choice.branches) else (Branch(None, ()),)
    return tuple((_when(branch, speaker), branch.steps) for branch in (*choice.branches, *open_end))


def _when(branch: Branch, speaker: Speaker) -> str:
    return condition_words(branch.when, speaker) if branch.when else say("picture.otherwise")


def value_words(expression: Expression, speaker: Speaker) -> str:
    """What an expression gives, as in «svaret på «Når er den klar?»»."""
    return _said(expression.tree, speaker)


def _holds(node: Node, speaker: Speaker) -> str:
    """A question on its own holds when it was answered with yes."""
    if isinstance(node, Name) and node.name in speaker.questions:
        return _answered(node, True, "answer", speaker)
    return _said(node, speaker)


def _said(node: Node, speaker: Speaker) -> str:
    match node:
        case Name(name=name):
            label = speaker.name(name)
            return say("picture.answer_to", question=label) if name in speaker.questions else label
        case Literal() | ListOf():
            return _written(node, speaker)
        case IsEmpty(operand=operand):
            return say("picture.conditions.empty", name=_said(operand, speaker))
        case Prefix(sign=sign, operand=operand):
            return _prefixed(sign, operand, speaker)
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(_said(each, speaker) for each in arguments)})"
        case Infix():
            return _infix(node, speaker)


def _written(node: Literal | ListOf, speaker: Speaker) -> str:
    return _value(node.value) if isinstance(node, Literal) else either([_said(item, speaker) for item in node.items])


def _value(value: object) -> str:
    if isinstance(value, Duration):
        return duration_words(value)
    if isinstance(value, bool) or value in {"yes", "no"}:
        return say("picture.quoted", text=say("common.yes" if value in {True, "yes"} else "common.no"))
    return say("picture.quoted", text=value) if isinstance(value, str) else str(value)


def _prefixed(sign: str, operand: Node, speaker: Speaker) -> str:
    if sign == "not" and isinstance(operand, Name) and operand.name in speaker.questions:
        return _answered(operand, False, "answer", speaker)
    if sign == "not":
        return say("picture.conditions.not", it=_holds(operand, speaker))
    return f"{sign}{_said(operand, speaker)}"


def _infix(node: Infix, speaker: Speaker) -> str:
    match node:
        case Infix(sign="=" | "!=", left=Name() as name, right=Literal(value="")):
            return say(f"picture.conditions.{'empty' if node.sign == '=' else 'filled'}", name=_said(name, speaker))
        case Infix(sign="=" | "!=", left=Name() as name, right=Literal(value=value)) if name.name in speaker.questions:
            return _answered(name, value, "answer" if node.sign == "=" else "other_answer", speaker)
        case Infix(sign="in", left=Name() as name, right=ListOf(items=items)) if name.name in speaker.questions:
            answers = [speaker.answer(name.name, each.value) for each in items if isinstance(each, Literal)]
            return _asked(name, either([say("picture.quoted", text=answer) for answer in answers]), "answer", speaker)
    sign = _sign(node, speaker)
    left, right = _part(node, node.left, speaker), _part(node, node.right, speaker)
    return say(f"picture.conditions.{sign}", left=left, right=right) if sign else f"{left} {node.sign} {right}"


def _sign(node: Infix, speaker: Speaker) -> str:
    is_day = node.sign in DAYS and (_is_day(node.left, speaker) or _is_day(node.right, speaker))
    return DAYS[node.sign] if is_day else SIGNS.get(node.sign, "")


def _is_day(node: Node, speaker: Speaker) -> bool:
    asked = {speaker.questions[each.name].type for each in names_in(node) if each.name in speaker.questions}
    return FieldType.DATE in asked or any(each.name == "today" for each in names_in(node))


def _part(whole: Infix, part: Node, speaker: Speaker) -> str:
    """One side of a sign; in brackets where "and" and "or" meet, so that nobody reads it the other way round."""
    said = _holds(part, speaker) if whole.sign in {"and", "or"} else _said(part, speaker)
    mixed = isinstance(part, Infix) and {whole.sign, part.sign} == {"and", "or"}
    return f"({said})" if mixed else said


def _answered(name: Name, value: object, how: str, speaker: Speaker) -> str:
    answer = value if isinstance(value, str | bool) else _value(value)
    return _asked(name, say("picture.quoted", text=speaker.answer(name.name, answer)), how, speaker)


def _asked(name: Name, answer: str, how: str, speaker: Speaker) -> str:
    """A label that is no question gets a colon."""
    label = speaker.name(name.name)
    question = label if label.endswith(("?", ":", "!")) else f"{label}:"
    return say(f"picture.conditions.{how}", question=question, answer=answer)
