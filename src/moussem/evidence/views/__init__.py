"""The pages of evidence, one module an audience."""
