br governance refuse apr_01a2008b71a07f2ebe4265f046903171 --comment "The guide is missing"
