br analytics throughput --format csv
