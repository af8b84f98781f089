br plan edit M-2 --first
br sync
