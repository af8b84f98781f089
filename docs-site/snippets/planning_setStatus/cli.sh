br plan edit T-12 --status done
br sync
