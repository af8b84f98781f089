curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/comments/cmt_01a2008b71a07f2ebe4265f046903171/promote" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"step_id":"S-1","title":"Handle errors","criteria":["Errors are shown."]}'
