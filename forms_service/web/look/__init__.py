"""What an installation looks like: its colour and its mark."""
