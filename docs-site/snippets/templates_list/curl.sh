curl -sS --fail-with-body "https://api.buildrunner.com/api/templates?kind=pack" \
  -H "Authorization: Bearer your-api-key"
