"""Discreet messages: their texts, and the channels that carry them."""
