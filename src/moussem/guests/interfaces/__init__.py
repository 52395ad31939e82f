"""What people fill in about guests."""
