curl -sS --fail-with-body -X PATCH "https://api.buildrunner.com/api/projects/your-project-id/microsteps/T-12" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"assignee":"ada","acceptance_criteria":[{"text":"Somebody followed it."}]}'
