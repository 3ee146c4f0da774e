"""When a question is to be answered, as it follows «Fyll ut hvis»."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from forms_service.language.definitions import Definitions, FieldType, Form, Start, Workflow
from forms_service.language.expression import Expression
from forms_service.language.grammar.tree import Infix, IsEmpty, ListOf, Literal, Name, Node, Prefix
from forms_service.picture.conditions import condition_words
from forms_service.picture.speaker import Speaker, either
from forms_service.texts import say

ROLE = "me.role"
JOINED = {"and": "paper.and", "or": "paper.or"}


def speaker_for(form: Form, roles: Mapping[str, str]) -> Speaker:
    """Knows one form alone."""
    alone = Workflow(form.key, form.title, form.place, Start(form=form.key), ())
    return Speaker(Definitions({}, {form.key: form}, {}, {}), alone, roles)


def when_words(node: Node, speaker: Speaker) -> str:
    """In words; what has none is said as pictures say it."""
    match node:
        case Name(name=name) if name in speaker.questions:
            return _answered(name, [True], speaker)
        case Prefix(sign="not"):
            return _unless(node.operand, speaker)
        case IsEmpty(operand=operand):
            return say("paper.unanswered", question=speaker.name(operand.name))
        case Infix():
            return _infix(node, speaker)
        case _:
            return condition_words(Expression("", node), speaker)


def _infix(node: Infix, speaker: Speaker) -> str:
    match node:
        case Infix(sign="and" | "or"):
            parts = (_part(node, part, speaker) for part in (node.left, node.right))
            return f" {say(JOINED[node.sign])} ".join(parts)
        case Infix(left=Name(name=name)) if name in speaker.questions or name == ROLE:
            return _compared(node, name, speaker)
        case Infix(sign="in", left=Literal(value=value), right=Name(name=name)) if name in speaker.questions:
            return _answered(name, [value], speaker)
        case _:
            return condition_words(Expression("", node), speaker)


def _unless(node: Node, speaker: Speaker) -> str:
    match node:
        case Name(name=name) if name in speaker.questions:
            return _answered(name, [False], speaker)
        case IsEmpty(operand=operand):
            return say("paper.answered_at_all", question=speaker.name(operand.name))
        case _:
            return say("paper.not", it=when_words(node, speaker))


def _part(whole: Infix, part: Node, speaker: Speaker) -> str:
    """In brackets where "and" and "or" meet, so that nobody reads it the other way round."""
    mixed = isinstance(part, Infix) and {whole.sign, part.sign} == set(JOINED)
    said = when_words(part, speaker)
    return f"({said})" if mixed else said


def _compared(node: Infix, name: str, speaker: Speaker) -> str:
    values = _values(node.right)
    how = {"=": "answered", "!=": "answered_otherwise", "in": "answered"}.get(node.sign, "")
    if values == [""] and how:
        return say(f"paper.{'unanswered' if node.sign == '=' else 'answered_at_all'}", question=speaker.name(name))
    if not values or not how:
        return condition_words(Expression("", node), speaker)
    return _answered(name, values, speaker, how)


def _values(node: Node) -> list[object]:
    items = node.items if isinstance(node, ListOf) else (node,)
    return [item.value for item in items if isinstance(item, Literal)]


def _answered(name: str, values: Sequence[object], speaker: Speaker, how: str = "answered") -> str:
    if name == ROLE:
        how = how.replace("answered", "role")
        return say(f"paper.{how}", role=either([speaker.role(str(value)) for value in values]))
    if speaker.questions[name].type is FieldType.CONFIRM and values == [True]:
        return say("paper.confirmed", question=speaker.name(name))
    answers = either([say("picture.quoted", text=speaker.answer(name, value)) for value in values])
    return say(f"paper.{how}", question=speaker.name(name), answer=answers)
