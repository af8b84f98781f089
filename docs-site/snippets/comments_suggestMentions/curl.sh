curl -sS --fail-with-body "https://api.buildrunner.com/api/projects/your-project-id/mentions?prefix=gr" \
  -H "Authorization: Bearer your-api-key"
