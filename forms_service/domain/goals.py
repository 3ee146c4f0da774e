"""What a participant wants to reach together with the peer."""

from __future__ import annotations

MOST_GOALS = 3
"""As many as the matching meeting asks for."""
