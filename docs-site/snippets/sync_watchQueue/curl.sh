curl -sS --fail-with-body -N "https://api.buildrunner.com/api/projects/your-project-id/sync-queue/stream" \
  -H "Authorization: Bearer your-api-key"
