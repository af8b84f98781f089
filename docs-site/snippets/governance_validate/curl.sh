curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/projects/your-project-id/policy/validate" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"text":"version: 1\nrules: []\n"}'
