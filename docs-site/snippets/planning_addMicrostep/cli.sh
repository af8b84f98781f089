br plan add "Write the guide" --id T-12 --parent S-4 --estimate 4
br sync
