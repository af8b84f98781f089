br plan show --status blocked
