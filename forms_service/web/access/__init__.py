"""Who may open which page: one table, and one guard before all pages that holds them to it."""
