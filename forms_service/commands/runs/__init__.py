"""``forms-service runs``: what can be seen of runs, and done to them, from the command line."""
