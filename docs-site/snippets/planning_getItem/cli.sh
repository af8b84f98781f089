br plan show T-12
