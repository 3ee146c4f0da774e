"""The verbs of the language, one small file each, found through one plain dict."""

from __future__ import annotations

from forms_service.engine.verbs import ask, choose, do, each, end, late, make, remind, repeat, run, send, together, wait
from forms_service.engine.verbs.verb import Product, Verb

VERBS: dict[str, Verb] = {
    "ask": ask.VERB,
    "choose": choose.VERB,
    "do": do.VERB,
    "each": each.VERB,
    "end": end.VERB,
    "late": late.VERB,
    "make": make.VERB,
    "remind": remind.VERB,
    "repeat": repeat.VERB,
    "run": run.VERB,
    "send": send.VERB,
    "together": together.VERB,
    "wait": wait.VERB,
}

__all__ = ["VERBS", "Product", "Verb"]
