"""«Kjøringer»: every run with its steps, and what can be done when one stands still."""
