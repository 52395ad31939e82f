"""Reads of the observatory: promises followed, sums said in words, questions that wait for a person."""
