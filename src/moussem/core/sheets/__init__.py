"""Spreadsheets and lists as text, read in a bounded process of their own: what a file may do ends with that process."""
