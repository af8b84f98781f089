curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/comments" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{
  "project_id": "your-project-id",
  "item_id": "T-12",
  "body": "Great work @johndoe! @role:QA please review."
}'
