br comments promote cmt_01a2008b71a07f2ebe4265f046903171 --step S-1 --title "Handle errors" --criterion "Errors are shown."
