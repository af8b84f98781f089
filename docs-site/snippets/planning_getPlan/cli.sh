br plan show
