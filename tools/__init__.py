"""Programs for those who build and run a checkout; nothing here is part of the product."""
