"""«Min konto»: somebody's own password, and where she has been signed in."""
