curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/auth/sign-out" \
  -H "Authorization: Bearer your-api-key"
