"""Whether anything that is locked has a known vulnerability."""
