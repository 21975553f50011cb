// Placeholder of the skeleton; replaced by the real type.
