"""What a YAML file may say: definitions, the strict loader, expressions and the cross-check."""
