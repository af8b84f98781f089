curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/auth/resend-verification" \
  -H "Content-Type: application/json" \
  -d '{"email":"ada@example.com"}'
