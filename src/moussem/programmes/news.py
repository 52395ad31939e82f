"""The news of programmes."""

APPLICATION_DETERMINED = "programmes.determined"
