"""Walking a workflow through virtual time: the real engine in memory, invented people, nothing sent."""
