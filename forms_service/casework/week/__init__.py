"""What the coordinator looks at each week: where nothing has happened, who has too much, what comes to an end."""
