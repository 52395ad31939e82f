"""What the playground tells: invented firms and guests, each named an example, on days relative to today."""
