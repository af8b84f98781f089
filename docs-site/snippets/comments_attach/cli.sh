br comments attach cmt_01a2008b71a07f2ebe4265f046903171 https://git.example.com/web/pull/42 --kind pull-request --title "#42"
