curl -sS --fail-with-body "https://api.buildrunner.com/api/analytics/flow?project_id=your-project-id" \
  -H "Authorization: Bearer your-api-key"
