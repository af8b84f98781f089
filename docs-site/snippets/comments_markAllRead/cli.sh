br comments read --all
