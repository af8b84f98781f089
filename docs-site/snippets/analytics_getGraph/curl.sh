curl -sS --fail-with-body "https://api.buildrunner.com/api/analytics/graph?project_id=your-project-id&level=milestone&all=true" \
  -H "Authorization: Bearer your-api-key"
