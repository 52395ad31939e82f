"""The API: the same rows and the same verbs as the pages, for other programs. One file a resource."""
