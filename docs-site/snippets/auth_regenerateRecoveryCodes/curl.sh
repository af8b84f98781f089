curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/auth/two-factor/recovery-codes" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"password":"correct horse battery staple"}'
