"""What people do to runs that are under way: look, try again, skip, move dates, pause, cancel, hand over, settle."""
