"""The words of the ledger."""

ERASE_PAYLOAD = "erase_payload"
LEDGER_ENTRY = "ledger_entry"

SEAL = "audit.seal"
VERIFY = "audit.verify"
JOIN_MARKS = "audit.join_marks"
