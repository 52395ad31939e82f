"""What comes in from pages of the ledger."""
