br plan add Beta --id M-2
br sync
