"""The pages of meetings, one module an audience."""
