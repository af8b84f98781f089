curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/projects/your-project-id/policy/explain" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"changes":[{"op":"update","id":"T-12","set":{"status":"done"}}]}'
