br analytics export throughput --format csv
