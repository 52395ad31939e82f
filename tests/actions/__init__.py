"""Next steps."""
