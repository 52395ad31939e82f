"""What people fill in for programmes and applications."""
