br analytics forecast
