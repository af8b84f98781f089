br members role grace@example.com QA --project website
