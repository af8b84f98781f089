br webhooks list
