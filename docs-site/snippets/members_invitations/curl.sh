curl -sS --fail-with-body "https://api.buildrunner.com/api/invitations?open=true" \
  -H "Authorization: Bearer your-api-key"
