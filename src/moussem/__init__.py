"""moussem: from the handshake to the headcount, every figure with its source."""

__version__ = "0.0.1"
