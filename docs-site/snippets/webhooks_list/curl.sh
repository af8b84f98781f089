curl -sS --fail-with-body "https://api.buildrunner.com/api/projects/your-project-id/webhooks" \
  -H "Authorization: Bearer your-api-key"
