"""What people and mail servers hand in about mail."""
