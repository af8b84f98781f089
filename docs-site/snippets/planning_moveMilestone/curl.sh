curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/projects/your-project-id/milestones/M-2/move" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"after":null}'
