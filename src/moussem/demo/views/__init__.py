"""The doors of the playground."""
