curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/projects/your-project-id/policy/simulate" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"text":"version: 1\nrules: []\n","since":"2026-10-01T00:00:00Z"}'
