"""The demonstration: real facts of five press texts and six tables, played through the domain functions."""
