br notifications settings --normal hourly
