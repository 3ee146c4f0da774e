"""Finished documents."""
