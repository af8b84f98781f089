curl -sS --fail-with-body "https://api.buildrunner.com/api/templates/built-in" \
  -H "Authorization: Bearer your-api-key"
