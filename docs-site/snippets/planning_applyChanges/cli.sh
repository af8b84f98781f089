br plan edit T-12 --title "Write the guide"
br sync
