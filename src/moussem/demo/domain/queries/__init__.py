"""What the pages of the demonstration read."""
