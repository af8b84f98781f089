curl -sS --fail-with-body "https://api.buildrunner.com/api/analytics/status-history?project_id=your-project-id&item=T-12" \
  -H "Authorization: Bearer your-api-key"
