curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/projects/your-project-id/qa/confirmations" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"item_id":"T-12","criterion":"C-2","met":true,"note":"Seen on staging."}'
