curl -sS --fail-with-body "https://api.buildrunner.com/api/projects/your-project-id/sync-events?outcome=refused" \
  -H "Authorization: Bearer your-api-key"
