"""JSON Schemas made from the reader's own tables of keys, so that editors complete and underline what it would."""
