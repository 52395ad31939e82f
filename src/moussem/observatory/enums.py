"""Names of the observatory's jobs."""

WORK_OUT_STANDING = "observatory.work_out_standing"
ASK_STANDINGS = "observatory.ask_standings"
FIND_STALE_STANDINGS = "observatory.find_stale_standings"
