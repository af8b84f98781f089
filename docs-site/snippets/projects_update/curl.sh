curl -sS --fail-with-body -X PATCH "https://api.buildrunner.com/api/projects/your-project-id" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"description":"Everything that visitors see."}'
