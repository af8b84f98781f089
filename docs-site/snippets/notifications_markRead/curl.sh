curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/notifications/read" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"all":true}'
