"""Pages and photos as OCR wants them."""
