"""The observatory: what became of the promises of a place, and what its figures come to, kinds never mixed."""
