"""The news of agreements."""

AGREEMENT_SIGNED = "agreements.signed"
