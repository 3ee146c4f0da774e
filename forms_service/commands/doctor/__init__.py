"""``forms-service doctor``: what is missing on this machine, and the command that brings it."""
