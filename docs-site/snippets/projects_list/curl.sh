curl -sS --fail-with-body "https://api.buildrunner.com/api/projects?search=web" \
  -H "Authorization: Bearer your-api-key"
