curl -sS --fail-with-body "https://api.buildrunner.com/api/projects/your-project-id/events?since=0" \
  -H "Authorization: Bearer your-api-key"
