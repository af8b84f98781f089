curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/projects/your-project-id/webhooks" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"url":"https://hooks.example.com/buildrunner","kinds":["comment.*","plan.changed"]}'
