"""Who you are: signing in and out."""
