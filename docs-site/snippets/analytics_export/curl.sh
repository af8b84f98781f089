curl -sS --fail-with-body "https://api.buildrunner.com/api/analytics/export?project_id=your-project-id&report=throughput&format=json" \
  -H "Authorization: Bearer your-api-key"
