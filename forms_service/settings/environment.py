"""The environment of this process: read by the settings, handed on to the parts that are started."""

from __future__ import annotations

import os
from collections.abc import Mapping


def ours() -> Mapping[str, str]:
    return os.environ


def with_more(more: Mapping[str, str]) -> dict[str, str]:
    """What a child process gets: all of ours, and more."""
    return {**os.environ, **more}
