"""The peer-support service on its tables: the moves and facts behind the workflows, and what the pages may show."""
