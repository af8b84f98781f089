curl -sS --fail-with-body "https://api.buildrunner.com/api/notifications?unread=true" \
  -H "Authorization: Bearer your-api-key"
