"""The pages of accounts, one file an audience."""
