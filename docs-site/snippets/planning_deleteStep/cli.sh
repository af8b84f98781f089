br plan remove S-4 --yes
br sync
