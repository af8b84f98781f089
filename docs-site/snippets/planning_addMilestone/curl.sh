curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/projects/your-project-id/milestones" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"key":"M-2","title":"Beta"}'
