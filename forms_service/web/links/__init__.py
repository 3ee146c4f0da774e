"""One-time links, for those who look after them."""
