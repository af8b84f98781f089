curl -sS --fail-with-body "https://api.buildrunner.com/api/comments?project_id=your-project-id&item_id=T-12&resolved=false" \
  -H "Authorization: Bearer your-api-key"
