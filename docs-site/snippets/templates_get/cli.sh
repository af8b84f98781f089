br template show web-app
