"""The style of Designsystemet without the components that no page uses: each lies in a layer block of its own."""

from __future__ import annotations

import re

UNUSED = frozenset(
    {
        "avatar",
        "avatar-stack",
        "badge",
        "dialog",
        "dropdown",
        "popover",
        "search",
        "skeleton",
        "spinner",
        "tabs",
        "textfield",
        "toggle-group",
        "tooltip",
    }
)
"""By the first class that a block is about. A test finds a page that uses one of them."""
BLOCK = re.compile(r"(?=@layer ds\.(?:base|components)\{)")
FIRST = re.compile(r"\.ds-([a-z-]+)")


def trimmed(style: str) -> str:
    """What is left, in the order it came in."""
    return "".join(block for block in BLOCK.split(style) if _component(block) not in UNUSED)


def _component(block: str) -> str:
    found = FIRST.search(block)
    return found[1] if found else ""
