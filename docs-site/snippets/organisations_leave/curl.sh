curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/organisation/leave" \
  -H "Authorization: Bearer your-api-key"
