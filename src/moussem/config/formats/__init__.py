"""How dates are written, where Django knows only one way for a language."""
