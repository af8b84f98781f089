curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/projects/your-project-id/previews" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"item_id":"M-1","url":"https://preview-42.example.com","provider":"vercel"}'
