br plan show --depth 1
