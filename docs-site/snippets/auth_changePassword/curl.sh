curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/auth/change-password" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"current_password":"correct horse battery staple","new_password":"four quite different words"}'
