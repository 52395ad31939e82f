"""What evidence tells higher rooms."""

# What the public may count has changed: a figure was published or replaced. `subjects` are the inner keys of what it is
# about; `opens_at` (ISO, "" for now) is the end of its embargo.
PUBLIC_FIGURES_CHANGED = "evidence.public_figures_changed"
