"""Events: series, editions, spaces, sessions and who took which part."""
