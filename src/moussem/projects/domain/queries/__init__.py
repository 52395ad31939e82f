"""Reads that two callers need."""
