"""Reads across the rooms of a promoter."""
