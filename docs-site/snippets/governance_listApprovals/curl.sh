curl -sS --fail-with-body "https://api.buildrunner.com/api/projects/your-project-id/approvals?status=pending" \
  -H "Authorization: Bearer your-api-key"
