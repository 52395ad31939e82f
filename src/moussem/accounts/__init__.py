"""Users, promoters, roles, links and tokens: who may enter, and as whom."""
