curl -sS --fail-with-body "https://api.buildrunner.com/api/projects/your-project-id/policy?version=2" \
  -H "Authorization: Bearer your-api-key"
