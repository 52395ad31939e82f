"""The installation: settings, addresses, the server. Knows every room; no room knows it."""
