curl -sS --fail-with-body "https://api.buildrunner.com/api/projects/your-project-id/previews?phase=QA" \
  -H "Authorization: Bearer your-api-key"
