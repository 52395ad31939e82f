"""Programmes: one mechanism for grants, equity, intakes and trophies."""
