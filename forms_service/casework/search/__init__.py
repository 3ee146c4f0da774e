"""Finding a participant by the beginnings of words, as quickly among a hundred thousand as among a hundred."""
