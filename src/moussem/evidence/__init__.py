"""Evidence: documents, citations, subjects, figures, statements: where every number comes from."""
