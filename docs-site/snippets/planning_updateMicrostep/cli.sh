br plan edit T-12 --assignee ada --criterion "Somebody followed it."
br sync
