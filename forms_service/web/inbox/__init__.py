"""Documents that were delivered to the person who is signed in."""
