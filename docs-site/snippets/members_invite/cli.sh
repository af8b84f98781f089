br members invite linus@example.com --project website=Contributor
