"""Tables as metrics read them: a company's own SELECTs with the types and stretches that the catalog promises."""
