"""Records of a service of another trade, and what can be begun about each."""
