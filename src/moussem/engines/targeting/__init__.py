"""Target lists: what is known of somebody against weighted criteria, and a score that says how much it rests on."""
