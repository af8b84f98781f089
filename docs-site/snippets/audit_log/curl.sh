curl -sS --fail-with-body "https://api.buildrunner.com/api/audit/log?since=0" \
  -H "Authorization: Bearer your-api-key"
