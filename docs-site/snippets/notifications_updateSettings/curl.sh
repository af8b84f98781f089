curl -sS --fail-with-body -X PATCH "https://api.buildrunner.com/api/notifications/settings" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"normal":"digest_hourly"}'
