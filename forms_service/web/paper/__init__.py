"""Forms on paper: blank, as they were filled in, and as data for other systems."""
