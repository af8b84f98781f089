curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/auth/two-factor/disable" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"password":"correct horse battery staple","code":"287082"}'
