"""Forms as their authors see them while they write: live from the folder, nothing stored, nothing published."""
