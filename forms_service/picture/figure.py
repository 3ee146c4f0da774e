"""The figure for a page: the drawing, the same as a list, and a caption."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup

from forms_service.language.definitions import Definitions, Workflow
from forms_service.picture.blocks import Block
from forms_service.picture.drawing import Draughtsman
from forms_service.picture.listing import Teller
from forms_service.picture.safe import safe
from forms_service.picture.speaker import NO_NAMES, Speaker
from forms_service.picture.state import Position, State
from forms_service.picture.svg import svg
from forms_service.texts import say

MOST_STEPS = 150
"""A drawing of more steps helps nobody; the list alone is shown."""
WIDEST = 6_000
"""Pixels; the same goes for a drawing that is wider."""


def figure(
    definitions: Definitions,
    workflow: Workflow,
    position: Position | None = None,
    roles: Mapping[str, str] = NO_NAMES,
) -> Markup:
    """The ``<figure>`` element. ``roles`` are the installation's own words for some roles (as in "likeperson").

    All words are escaped. Needs picture.css; holds no style, no script and no link.
    """
    speaker = Speaker(definitions, workflow, roles)
    count = sum(1 for _ in workflow.all_steps())
    block = _drawn(speaker, position or {}, count)
    told = Teller(speaker, position or {}).workflow()
    key = "picture.caption_one" if count == 1 else "picture.caption"
    is_on_its_way = any(standing.state is State.LATER for standing in (position or {}).values())
    legend = say("picture.legend") if block and is_on_its_way else ""
    caption = safe(f"{say(key, title=workflow.title, n=count)} {legend}".rstrip())
    drawing = _drawing(workflow, block) if block else safe(say("picture.too_large"))
    look = "picture" if block else "picture picture-listed"
    return Markup('<figure class="{}">{}{}<figcaption>{}</figcaption></figure>').format(look, drawing, told, caption)


def _drawn(speaker: Speaker, position: Position, count: int) -> Block | None:
    if count > MOST_STEPS:
        return None
    block = Draughtsman(speaker, position).workflow()
    return block if block.width <= WIDEST else None


def _drawing(workflow: Workflow, block: Block) -> Markup:
    name = "picture-" + re.sub("[^a-z0-9]+", "-", workflow.key)
    title = say("picture.name", title=workflow.title)
    return Markup('<div class="picture-drawing" role="group" aria-label="{}" tabindex="0">{}</div>').format(
        safe(title), svg(block, name, title, say("picture.description"))
    )
