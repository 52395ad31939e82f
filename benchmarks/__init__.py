"""One script a claim; each prints what it measured, on what, and beside what."""
