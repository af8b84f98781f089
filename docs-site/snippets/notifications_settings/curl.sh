curl -sS --fail-with-body "https://api.buildrunner.com/api/notifications/settings" \
  -H "Authorization: Bearer your-api-key"
