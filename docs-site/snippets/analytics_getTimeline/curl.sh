curl -sS --fail-with-body "https://api.buildrunner.com/api/analytics/timeline?project_id=your-project-id&level=step" \
  -H "Authorization: Bearer your-api-key"
