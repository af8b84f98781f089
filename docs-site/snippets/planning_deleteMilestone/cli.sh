br plan remove M-2 --yes
br sync
