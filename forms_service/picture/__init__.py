"""Any workflow as a picture, as a list, and as text for documentation; a run with the place where it stands."""
