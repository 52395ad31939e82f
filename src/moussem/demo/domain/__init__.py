"""How the demonstration is played."""
