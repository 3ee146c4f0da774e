"""«Gi videre»: a task goes to a colleague."""
