"""Durable runs: submit, claim, work, finish, sweep. The database is the only truth."""
