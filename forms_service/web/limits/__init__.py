"""How often pages that need no account may be asked for."""
