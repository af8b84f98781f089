br plan show --depth 2
