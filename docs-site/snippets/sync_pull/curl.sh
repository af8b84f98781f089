curl -sS --fail-with-body "https://api.buildrunner.com/api/projects/your-project-id/changes?since=2" \
  -H "Authorization: Bearer your-api-key"
