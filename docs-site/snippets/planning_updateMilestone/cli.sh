br plan edit M-2 --due 2027-01-31
br sync
