"""The pages of projects and returns."""
