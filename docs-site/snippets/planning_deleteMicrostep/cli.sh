br plan remove T-12 --yes
br sync
