"""Drafts of forms: kept while somebody types, found again by whoever typed, gone when the form is sent or too old."""
