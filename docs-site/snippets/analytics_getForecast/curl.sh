curl -sS --fail-with-body "https://api.buildrunner.com/api/analytics/forecast?project_id=your-project-id" \
  -H "Authorization: Bearer your-api-key"
