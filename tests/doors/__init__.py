"""Every route, for everybody, with their own rows and with others'."""
