"""Pages, by who uses them; they do no slow work."""
