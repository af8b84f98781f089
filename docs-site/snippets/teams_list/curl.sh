curl -sS --fail-with-body "https://api.buildrunner.com/api/teams?search=front" \
  -H "Authorization: Bearer your-api-key"
