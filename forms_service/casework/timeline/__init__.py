"""One line of time through a case: what has happened, the newest first, whatever table it is in."""
