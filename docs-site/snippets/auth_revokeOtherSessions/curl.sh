curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/auth/sessions/revoke-others" \
  -H "Authorization: Bearer your-api-key"
