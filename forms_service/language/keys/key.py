"""What a key takes: one word of a kind, one of a few words, several of something, or keys again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Takes(StrEnum):
    """One value, or one of the pieces that hold others of their own kind."""

    TEXT = "text"
    OWN_TEXT = "text, not true or false"
    NAME = "name"
    NUMBER = "whole number"
    TRUTH = "true or false"
    DURATION = "duration"
    EXPRESSION = "expression"
    LABELS = "values and their labels"
    ROLE = "role"
    FORM = "form"
    MESSAGE = "message"
    DOCUMENT = "document"
    WORKFLOW = "workflow"
    MOVE = "move"
    RELEASE = "release"
    SUBJECT = "subject"
    PICK = "list of people"
    STEP_ID = "id of an earlier step"
    FIELD = "field of this form"
    STEPS = "steps"


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Many:
    """A list with at least so many entries."""

    of: Shape
    least: int = 1


@dataclass(frozen=True, slots=True)
class Named:
    """Names that the author gives, and what each of them means."""

    of: Shape


@dataclass(frozen=True, slots=True)
class Either:
    """One shape or another."""

    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Keys:
    """A mapping. ``what`` is how messages call it ("A field")."""

    what: str
    keys: Mapping[str, Key]


@dataclass(frozen=True, slots=True)
class Key:
    """What stands under one key, a sentence about it, and whether it must be there."""

    takes: Shape
    says: str
    needed: bool = False


Shape: TypeAlias = Takes | OneOf | Many | Named | Either | Keys
