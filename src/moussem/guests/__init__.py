"""Guests: whom a gathering targets, invites, registers and meets at the door."""
