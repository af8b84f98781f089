curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/auth/request-password-reset" \
  -H "Content-Type: application/json" \
  -d '{"email":"ada@example.com"}'
