"""The ledger: who did what, when, before, after; sealed in a chain per promoter."""
