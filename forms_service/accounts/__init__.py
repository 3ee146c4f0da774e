"""Local accounts: who may sign in with a password, and what happens when she does."""
