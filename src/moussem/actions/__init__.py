"""Actions: what is to be done next, by whom, until when, about whom."""
