curl -sS --fail-with-body "https://api.buildrunner.com/api/members?search=ada" \
  -H "Authorization: Bearer your-api-key"
