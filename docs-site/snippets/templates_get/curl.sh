curl -sS --fail-with-body "https://api.buildrunner.com/api/templates/web-app" \
  -H "Authorization: Bearer your-api-key"
