"""What every room stands on: rows, doors, jobs, news, components. No domain word, no foreign key."""
