curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/projects/your-project-id/sync" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"dry_run":true}'
