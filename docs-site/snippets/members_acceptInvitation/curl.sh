curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/invitations/accept" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"token":"bi_GrJbNMlBnqzT7mZGQqj2eZ8n3jLcC2mYv0sUuWq4xkA"}'
