curl -sS --fail-with-body "https://api.buildrunner.com/api/projects/your-project-id/comments/unread" \
  -H "Authorization: Bearer your-api-key"
