"""What the directory draws."""
