"""A demo's invented people and requests, and the rule that keeps a demo apart from a real service."""
