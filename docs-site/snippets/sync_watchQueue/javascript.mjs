const response = await fetch('https://api.buildrunner.com/api/projects/your-project-id/sync-queue/stream', {
  headers: { Authorization: 'Bearer your-api-key' },
})
if (!response.ok) throw new Error((await response.json()).detail)
for await (const text of response.body.pipeThrough(new TextDecoderStream())) console.log(text)
