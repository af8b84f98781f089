curl -sS --fail-with-body "https://api.buildrunner.com/api/projects/your-project-id/sync-queue" \
  -H "Authorization: Bearer your-api-key"
