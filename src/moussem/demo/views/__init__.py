"""The pages of the demonstration: the season's tables, and the doors of the playground."""
