curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/admin/impersonation" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"user_id":"max@example.com","reason":"Support ticket debugging","minutes":60}'
