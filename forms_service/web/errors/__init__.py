"""What a person sees, and what the log says, when something goes wrong."""
