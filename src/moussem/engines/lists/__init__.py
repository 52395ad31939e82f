"""Lists of people as others keep them: which column is what, and what a row says of a person."""
