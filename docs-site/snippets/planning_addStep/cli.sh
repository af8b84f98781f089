br plan add Sign-in --id S-4 --parent M-2
br sync
