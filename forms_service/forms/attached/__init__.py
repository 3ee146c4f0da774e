"""Files that people attach: what they are by their content, never by their name, and what we keep of them."""
