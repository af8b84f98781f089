curl -sS --fail-with-body "https://api.buildrunner.com/api/notifications/interests" \
  -H "Authorization: Bearer your-api-key"
