"""What more than one function needs: models, protocols' adapters, configuration and errors."""
