curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/projects/your-project-id/mute" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"item_id":"T-12"}'
