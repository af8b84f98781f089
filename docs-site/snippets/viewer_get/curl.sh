curl -sS --fail-with-body "https://api.buildrunner.com/api/viewer" \
  -H "Authorization: Bearer your-api-key"
