curl -sS --fail-with-body -X PUT "https://api.buildrunner.com/api/projects/your-project-id/members/grace%40example.com" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"role":"qa"}'
