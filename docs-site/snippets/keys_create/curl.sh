curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/admin/api-keys" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{
  "name": "CI/CD Pipeline",
  "scopes": [
    "planner.read",
    "builder.run",
    "qa.run"
  ],
  "project_id": "your-project-id"
}'
