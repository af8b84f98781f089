curl -sS --fail-with-body -X PUT "https://api.buildrunner.com/api/projects/your-project-id/policy" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"text":"version: 1\nrules: []\n","reason":"We begin without rules"}'
