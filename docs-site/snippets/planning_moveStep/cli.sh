br plan edit S-4 --parent M-1
br sync
