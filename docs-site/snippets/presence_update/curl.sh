curl -sS --fail-with-body -X PUT "https://api.buildrunner.com/api/projects/your-project-id/presence/laptop" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"item_id":"T-12","typing":true}'
