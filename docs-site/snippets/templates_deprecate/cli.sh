br template deprecate spike@0.9.0 --reason "Use 1.0.0: it has criteria."
