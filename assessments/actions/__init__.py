"""Every write of the assessments app: one function per verb, one module per noun."""
