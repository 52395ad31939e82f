"""What people fill in for the directory."""
