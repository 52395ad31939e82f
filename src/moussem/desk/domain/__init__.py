"""What the desk answers."""
