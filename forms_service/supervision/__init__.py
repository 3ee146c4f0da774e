"""Start the parts of the service as processes of their own, keep them alive, and leave none behind."""
