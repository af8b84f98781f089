curl -sS --fail-with-body "https://api.buildrunner.com/api/audit/checkpoint" \
  -H "Authorization: Bearer your-api-key"
