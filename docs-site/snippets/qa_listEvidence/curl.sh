curl -sS --fail-with-body "https://api.buildrunner.com/api/projects/your-project-id/qa/evidence?item_id=T-12" \
  -H "Authorization: Bearer your-api-key"
