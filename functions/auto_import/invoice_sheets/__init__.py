"""A sheet to look at for invoices that are nothing but XML, made where they are inspected."""
