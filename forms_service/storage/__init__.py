"""Typed tables, one file per subject, and the sessions that reach them."""
