"""Waiting list and peers."""
