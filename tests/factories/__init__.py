"""The least valid rows, made through the domain where it has a verb."""
