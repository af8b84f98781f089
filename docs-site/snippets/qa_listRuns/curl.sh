curl -sS --fail-with-body "https://api.buildrunner.com/api/projects/your-project-id/qa/runs?branch=main" \
  -H "Authorization: Bearer your-api-key"
