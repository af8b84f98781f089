curl -sS --fail-with-body -N "https://api.buildrunner.com/api/notifications/stream?since=0" \
  -H "Authorization: Bearer your-api-key"
