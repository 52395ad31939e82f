"""The pages of programmes: public, of applicants, of the desk."""
