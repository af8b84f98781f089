br notifications read --all
