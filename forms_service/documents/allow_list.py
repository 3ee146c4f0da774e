"""What a template may see: the names in its ``uses:`` list, what comes beside them, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from forms_service.errors import MissingValue, RenderFailed
from forms_service.language.companions import COMPANIONS, SIGNED


class _Absent:
    """Told apart from None, which is an answer left empty."""


ABSENT = _Absent()


def allowed(uses: Iterable[str], data: Mapping[str, object]) -> dict[str, object]:
    """Nested plain data with the used names only.

    MissingValue names every used name that the data lacks; RenderFailed when a name stands for a whole group,
    because whatever is added to that group later would leave with it.
    """
    names = list(dict.fromkeys(uses))
    missing = [name for name in names if _find(data, name) is ABSENT]
    if missing:
        raise MissingValue(f"The document uses names that have no value: {', '.join(missing)}.")
    seen: dict[str, object] = {}
    for name in names:
        for twin in (name, *(name + ending for ending in COMPANIONS)):
            _copy(twin, data, seen)
    return seen


def _find(data: object, name: str) -> object:
    """The value of a dotted name; of a name that goes through rows, its value in each of them."""
    first, _, rest = name.partition(".")
    if not isinstance(data, Mapping) or first not in data:
        return ABSENT
    value = data[first]
    if not rest:
        return value
    if not isinstance(value, list | tuple):
        return _find(value, rest)
    found = [_find(row, rest) for row in value]
    return ABSENT if ABSENT in found else found


def _copy(name: str, data: Mapping[str, object], seen: dict[str, Any]) -> None:
    value = _find(data, name)
    if isinstance(value, Mapping) and not name.endswith(SIGNED):
        raise RenderFailed(f'"{name}" in uses: is a group of values; name each value that the document needs.')
    if value is not ABSENT:
        _put(name, data, seen)


def _put(name: str, data: Mapping[str, Any], seen: dict[str, Any]) -> None:
    first, _, rest = name.partition(".")
    value = data[first]
    if not rest:
        seen[first] = value
    elif isinstance(value, Mapping):
        _put(rest, value, seen.setdefault(first, {}))
    else:
        for row, shown in zip(value, seen.setdefault(first, [{} for _ in value]), strict=True):
            _put(rest, row, shown)
