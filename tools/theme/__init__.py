"""The theme of the pages: what designsystemet.config.json says, made into a stylesheet."""
