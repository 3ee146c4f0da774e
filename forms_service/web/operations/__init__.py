"""Whether the service is well, for machines and for people."""
