curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/invitations" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"email":"linus@example.com","project_roles":[{"project_id":"website","role":"contributor"}]}'
