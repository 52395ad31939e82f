"""How Arabic is written in Morocco."""
