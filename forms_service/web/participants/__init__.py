"""Participants, each on one page."""
