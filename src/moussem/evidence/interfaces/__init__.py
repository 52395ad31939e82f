"""Forms, filters and the words of pages."""
