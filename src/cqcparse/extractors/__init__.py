"""The built-in extractors: plugins like any other, made of the public API alone."""
