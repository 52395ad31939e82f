"""The words of the ledger."""

ERASE_PAYLOAD = "erase payload"
LEDGER_ENTRY = "ledger_entry"

SEAL = "audit.seal"
VERIFY = "audit.verify"
