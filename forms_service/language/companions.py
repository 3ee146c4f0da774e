"""Names that come by themselves beside an answer: ``phase`` and ``phase_label``."""

from __future__ import annotations

LABEL, SIGNED = "_label", "_signed"
COMPANIONS = {
    LABEL: "documents use such names for the words of a choice",
    SIGNED: "documents use such names for who signed, and when",
}
"""Ending → why no field may have it. Beside a signature's name stands forms.signature.with_day_and_time."""
