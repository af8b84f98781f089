br projects create Website
