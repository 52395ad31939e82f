"""Figures as their sources state them, and the arithmetic that never mixes their kinds."""
