"""What is filled in about projects and returns."""
