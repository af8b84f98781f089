curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/auth/sign-in" \
  -H "Content-Type: application/json" \
  -d '{"email":"ada@example.com","password":"correct horse battery staple"}'
