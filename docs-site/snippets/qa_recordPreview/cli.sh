br qa preview add M-1 https://preview-42.example.com --provider vercel
