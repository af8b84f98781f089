br plan edit S-4 --add-label auth
br sync
