"""Projects: what a signature or an announcement became, until the jobs are counted."""
