curl -sS --fail-with-body -N "https://api.buildrunner.com/api/projects/your-project-id/events/stream?since=0" \
  -H "Authorization: Bearer your-api-key"
