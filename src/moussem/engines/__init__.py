"""Pure Python: frozen data in, frozen data out; no framework, no clock, no file, no network."""
