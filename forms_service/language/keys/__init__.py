"""Every key that a YAML file may have, in one place: for the reader, the JSON Schema and the documentation."""
