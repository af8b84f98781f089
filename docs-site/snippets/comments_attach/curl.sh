curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/comments/cmt_01a2008b71a07f2ebe4265f046903171/attachments" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"kind":"pull_request","url":"https://git.example.com/web/pull/42","title":"#42"}'
