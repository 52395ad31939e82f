"""What several pages ask the directory."""
