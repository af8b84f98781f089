br plan edit T-12 --parent S-4
br sync
