"""Whether the service is well, and telling those who look after it."""
