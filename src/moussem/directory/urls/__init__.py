"""The addresses of the directory: public ones by language, desks by promoter."""
